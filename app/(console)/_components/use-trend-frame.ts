import { useFormatter, useTranslations } from "next-intl";
import type { Mark, Marks, Step, Value } from "#components/charts/types.ts";
import type { Trend } from "#lib/trends/types.ts";

type Framed = Pick<Trend, "steps" | "stages" | "policies">;

/** What all charts of a trend share: its steps in words, its marks (with `more` of them), and where it begins and ends. */
export function useTrendFrame({ steps, stages, policies }: Framed, more: readonly Mark[] = []) {
  const t = useTranslations("overview.trend");
  const stage = useTranslations("overview.stage");
  const format = useFormatter();
  const { unit, starts } = steps;
  const nameOf = (at: Date) => format.dateTime(at, unit === "hour" ? "minute" : "day");
  const marks: Marks = {
    stages: stages.map(({ place, exposurePercent }) => ({
      place,
      name: exposurePercent === 0 ? stage("adopters") : stage("percent", { percent: exposurePercent }),
    })),
    changes: [
      ...policies.map(({ place, version }) => ({ place, name: t("rules", { version }) })),
      ...more,
    ].sort((a, b) => a.place - b.place),
  };
  function stepsOf<Key extends string>(valuesAt: (place: number) => Record<Key, Value | null>): Step<Key>[] {
    return starts.map((at, place) => ({
      key: at.toISOString(),
      tick: format.dateTime(at, unit === "hour" ? "clock" : "dayAndMonth"),
      name: nameOf(at),
      values: valuesAt(place),
    }));
  }
  /** The last and the highest of the values, for the sentence about a chart. */
  function extremesOf(values: readonly (Value | null)[]) {
    const drawn = values.flatMap((value, place) =>
      value && value.value !== null ? [{ ...value, place }] : [],
    );
    const most = drawn.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0))[0];
    const at = most === undefined ? undefined : starts[most.place];
    return { last: drawn.at(-1)?.text ?? "–", most: most?.text ?? "–", at: at ? nameOf(at) : "–" };
  }
  return {
    unit,
    marks,
    stepsOf,
    extremesOf,
    stepName: t("step", { unit }),
    present: t("present", { unit }),
    from: starts[0] ? nameOf(starts[0]) : "–",
    to: nameOf(starts.at(-1) ?? steps.now),
  };
}
