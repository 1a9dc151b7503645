import { useLocale, useTranslations } from "next-intl";
import { LineChart } from "#components/charts/line-chart.tsx";
import type { Value } from "#components/charts/types.ts";
import { formatLatency } from "#lib/format/numbers.ts";
import type { Trend } from "#lib/trends/types.ts";
import { HiddenChart } from "./hidden-chart.tsx";
import { useTrendFrame } from "./use-trend-frame.ts";

/** How long the API took, in the slow end and in the middle. */
export function LatencyChart({ trend }: { trend: Trend }) {
  const t = useTranslations("overview.trend");
  const locale = useLocale();
  const { unit, marks, stepsOf, extremesOf, stepName, present, from, to } = useTrendFrame(trend);
  const title = t("latency.title", { unit });
  if (trend.latency.every((point) => point === null)) return <HiddenChart title={title} />;
  const toValue = (ms: number, calls: number): Value => ({
    value: ms,
    text: formatLatency(ms, locale),
    base: t("calls", { count: calls }),
  });
  const p95 = trend.latency.map((point) => point && toValue(point.p95Ms, point.calls));
  const p50 = trend.latency.map((point) => point && toValue(point.p50Ms, point.calls));
  return (
    <LineChart
      title={title}
      about={t("latency.about")}
      text={t("latency.text", { from, to, ...extremesOf(p95) })}
      stepName={stepName}
      series={[
        { key: "p95", name: t("latency.p95"), colour: "var(--c-bio)" },
        { key: "p50", name: t("latency.p50"), colour: "var(--accent-mid)", isQuiet: true },
      ]}
      steps={stepsOf((place) => ({ p95: p95[place] ?? null, p50: p50[place] ?? null }))}
      marks={marks}
      unit="ms"
      present={present}
    />
  );
}
