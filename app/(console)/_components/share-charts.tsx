import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LineChart } from "#components/charts/line-chart.tsx";
import type { Value } from "#components/charts/types.ts";
import { formatInterval, formatPercent } from "#lib/format/numbers.ts";
import type { Share } from "#lib/rates/types.ts";
import type { Trend } from "#lib/trends/types.ts";
import { fallbackPath, parseFallbackSearch } from "../fallback/search-params.ts";
import { HiddenChart } from "./hidden-chart.tsx";
import { useTrendFrame } from "./use-trend-frame.ts";

/** How many of the logins offered biometrics ended the old way. */
export const FallbackChart = ({ trend }: { trend: Trend }) => (
  <ShareChart which="fallback" trend={trend} points={trend.fallback} end={<ToFallback trend={trend} />} />
);

/** How many of our calls ended in trouble at the API. */
export const ErrorsChart = ({ trend }: { trend: Trend }) => (
  <ShareChart which="errors" trend={trend} points={trend.errors} />
);

type ShareChartProps = {
  which: "fallback" | "errors";
  trend: Trend;
  points: readonly (Share | null)[];
  end?: ReactNode;
};

function ShareChart({ which, trend, points, end }: ShareChartProps) {
  const t = useTranslations("overview.trend");
  const { unit, marks, stepsOf, extremesOf, stepName, present, from, to } = useTrendFrame(trend);
  const toValue = useShareValue();
  const title = t(`${which}.title`, { unit });
  if (points.every((point) => point === null)) return <HiddenChart title={title} />;
  const values = points.map(toValue);
  return (
    <LineChart
      title={title}
      about={t(`${which}.about`)}
      end={end}
      text={t(`${which}.text`, { from, to, ...extremesOf(values) })}
      stepName={stepName}
      series={[{ key: "share", name: t(`${which}.name`), colour: "var(--c-bio)" }]}
      steps={stepsOf((place) => ({ share: values[place] ?? null }))}
      marks={marks}
      unit="percent"
      present={present}
    />
  );
}

/** A step with too few for a rate keeps its count, for the table; one in which nothing happened has nothing to tell. */
function useShareValue(): (share: Share | null) => Value | null {
  const t = useTranslations("overview.trend");
  const format = useFormatter();
  const locale = useLocale();
  return (share) => {
    if (!share || share.of === 0) return null;
    const base = t("of", { count: format.number(share.count), of: format.number(share.of) });
    if (!share.rate) return { value: null, text: base };
    const { share: value, low, high } = share.rate;
    const interval = formatInterval(share.rate, locale);
    return { value, low, high, text: formatPercent(value, locale), interval, base };
  };
}

/** The room that tells why, over the same time. */
export function ToFallback({ trend, split }: { trend: Trend; split?: "reason" }) {
  const t = useTranslations("overview.trend");
  const href = fallbackPath({ ...parseFallbackSearch({ span: trend.span }), split: split ?? null });
  return (
    <Link href={href} prefetch={false}>
      {t("why")}
    </Link>
  );
}
