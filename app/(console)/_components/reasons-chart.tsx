import { useFormatter, useTranslations } from "next-intl";
import { StackedBars } from "#components/charts/stacked-bars.tsx";
import { Section } from "#components/ui/section.tsx";
import type { ReasonSeries } from "#lib/fallback/types.ts";
import type { Trend } from "#lib/trends/types.ts";
import { HiddenChart } from "./hidden-chart.tsx";
import { ToFallback } from "./share-charts.tsx";
import { useTrendFrame } from "./use-trend-frame.ts";

/** From the most frequent reason on; what is left together comes last. */
const COLOURS = ["var(--accent)", "var(--ink)", "var(--accent-mid)", "var(--edge)", "var(--c-quiet)"];

/** Why logins ended the old way, the most frequent reasons apart. */
export function ReasonsChart({ trend }: { trend: Trend }) {
  const t = useTranslations("overview.trend");
  const terms = useTranslations("terms.fallbackReason");
  const format = useFormatter();
  const { unit, marks, stepsOf, stepName, from, to } = useTrendFrame(trend);
  const title = t("reasons.title", { unit });
  const { reasons } = trend;
  if (reasons === null) return <HiddenChart title={title} />;
  if (reasons.length === 0)
    return (
      <Section title={title}>
        <p className="m">{t("reasons.none")}</p>
      </Section>
    );
  const nameOf = (reason: ReasonSeries["reason"]) =>
    reason === "others" ? t("reasons.others") : terms(reason);
  const countAt = (place: number, counts: number[]) => {
    const value = counts[place] ?? 0;
    return { value, text: format.number(value) };
  };
  const list = format.list(reasons.map(({ reason, total }) => `${nameOf(reason)} ${format.number(total)}`));
  return (
    <StackedBars
      title={title}
      about={t("reasons.about")}
      end={<ToFallback trend={trend} split="reason" />}
      text={t("reasons.text", { from, to, list })}
      stepName={stepName}
      totalHead={t("reasons.total")}
      series={reasons.map(({ reason }, place) => ({
        key: reason,
        name: nameOf(reason),
        colour: COLOURS[place] ?? "var(--c-quiet)",
      }))}
      steps={stepsOf<string>((place) =>
        Object.fromEntries(reasons.map(({ reason, counts }) => [reason, countAt(place, counts)])),
      )}
      marks={marks}
    />
  );
}
