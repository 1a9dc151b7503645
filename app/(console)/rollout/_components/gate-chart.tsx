import { useFormatter, useTranslations } from "next-intl";
import { LineChart } from "#components/charts/line-chart.tsx";
import type { Step } from "#components/charts/types.ts";
import type { RolloutPlan } from "#lib/rollout/schema.ts";
import type { GateMetric } from "#lib/rollout-evidence/schema.ts";
import type { VerdictPoint } from "#lib/rollout-judging/types.ts";
import { isCompared, useGateWords } from "./use-gate-words.ts";

type GateChartProps = { metric: GateMetric; points: readonly VerdictPoint[]; plan: RolloutPlan };

/** How one gate moved since the stage began: its value with the interval, against its limit. */
export function GateChart({ metric, points, plan }: GateChartProps) {
  const t = useTranslations("rollout.evidence");
  const format = useFormatter();
  const words = useGateWords(plan);
  const own = points.flatMap(({ at, gates }) => {
    const gate = gates.find((each) => each.metric === metric);
    return gate === undefined ? [] : [{ at, gate }];
  });
  const last = own.at(-1)?.gate;
  if (last === undefined) return null;
  const dayOf = ({ at }: { at: Date }) => format.dateTime(at, "dayAndMonth");
  const isOneDay = new Set(own.map(dayOf)).size === 1;
  const steps = own.map(({ at, gate }): Step<"value"> => {
    const { value, interval, treated } = gate;
    // An end that nothing bounds yet would stretch the picture until nothing else is seen.
    const isBounded =
      interval.low !== null && interval.high !== null && interval.high < 4 * (gate.limit ?? 1);
    return {
      key: at.toISOString(),
      tick: isOneDay ? format.dateTime(at, "clock") : dayOf({ at }),
      name: format.dateTime(at, "minute"),
      values: {
        value:
          value === null
            ? null
            : {
                value,
                text: words.value(gate, value),
                ...(isBounded ? { low: interval.low ?? 0, high: interval.high ?? 0 } : {}),
                base: `${format.number(treated.count)} / ${format.number(treated.of)}`,
              },
      },
    };
  });
  const limit = words.limit(last);
  const text = t("text", {
    gate: words.name(last),
    value: last.value === null ? "–" : words.value(last, last.value),
    limit,
  });
  return (
    <LineChart
      title={words.name(last)}
      about={t("chart")}
      text={text}
      stepName={t("step")}
      series={[{ key: "value", name: words.name(last), colour: "var(--c-bio)" }]}
      steps={steps}
      marks={{ stages: [], changes: [] }}
      unit={isCompared(last) ? "count" : "percent"}
      present={t("now")}
      {...(last.limit === null ? {} : { limit: { value: last.limit, text: t("limitText", { limit }) } })}
    />
  );
}
