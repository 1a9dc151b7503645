import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { LineChart } from "#components/charts/line-chart.tsx";
import type { Mark, Value } from "#components/charts/types.ts";
import { classNames } from "#components/ui/class-names.ts";
import type { FallbackPoint } from "#lib/fallback/types.ts";
import type { FallbackData } from "#lib/fallback-page/loaders.ts";
import { FACET_NAMES, type FallbackSearch } from "#lib/fallback-page/types.ts";
import { formatInterval, formatPercent } from "#lib/format/numbers.ts";
import type { TimeRange } from "#lib/time-steps.ts";
import { HiddenChart } from "../../_components/hidden-chart.tsx";
import { useTrendFrame } from "../../_components/use-trend-frame.ts";
import { loginsPath } from "../logins/search-params.ts";
import { fallbackPath } from "../search-params.ts";
import type { ViewProps } from "./fallback-view.tsx";
import { useValueText } from "./use-words.ts";

const COLOURS = ["var(--c-bio)", "var(--ink)", "var(--accent-mid)", "var(--edge)"];

/** The rate over time, as one line with its interval or a line for each of the most frequent values of a facet. */
export function RateChart({ search, data }: ViewProps) {
  const t = useTranslations("fallback.chart");
  const toValue = useRateValue();
  const valueText = useValueText(data.applications);
  const marks = useMoreMarks(data);
  const frame = useTrendFrame({ steps: data.steps, ...data.marks }, marks);
  const { unit, stepsOf, extremesOf, stepName, present, from, to } = frame;
  const limit = useLimit(data);
  const { split } = search;
  const title = t("title", { unit });
  const { series } = data;
  if (series === null) return <HiddenChart title={title} />;
  const nameOf = (value: string) => (split === null ? t("name") : valueText(split, value));
  const linkOf = linksOf(search, data);
  const valuesAt = (place: number) =>
    Object.fromEntries(
      series.map(({ value, points }) => [value, toValue(points[place] ?? null, linkOf(place, value))]),
    );
  const steps = stepsOf<string>(valuesAt).map((step, place) => ({ ...step, ...hrefOf(linkOf(place, null)) }));
  const first = series[0]?.points.map((point) => toValue(point, null)) ?? [];
  return (
    <LineChart
      title={title}
      about={t(split === "reason" ? "aboutReasons" : "about")}
      end={<Splits search={search} />}
      text={t("text", { name: nameOf(series[0]?.value ?? ""), from, to, ...extremesOf(first) })}
      stepName={stepName}
      series={series.map(({ value }, place) => ({
        key: value,
        name: nameOf(value),
        colour: COLOURS[place] ?? "var(--c-quiet)",
      }))}
      steps={steps}
      marks={frame.marks}
      unit="percent"
      present={data.steps.now.getTime() === data.now.getTime() ? present : ""}
      {...(limit && { limit })}
    />
  );
}

/** The post of the rollout under way, where there is one. */
function useLimit({ limit }: FallbackData) {
  const t = useTranslations("fallback.chart");
  const locale = useLocale();
  return limit === null
    ? null
    : { value: limit, text: t("limit", { share: formatPercent(limit, locale, 0) }) };
}

const hrefOf = (href: string | null) => (href === null ? {} : { href });

/** Where the fallbacks of a step lead, for who may see logins: all of them, or those of one value of the split. */
function linksOf({ filters, split }: FallbackSearch, { steps, mayList }: FallbackData) {
  const rangeAt = (place: number): TimeRange | null => {
    const from = steps.starts[place];
    return from === undefined ? null : { from, to: steps.starts[place + 1] ?? steps.now };
  };
  return (place: number, value: string | null): string | null => {
    const range = rangeAt(place);
    if (!mayList || range === null) return null;
    const own = split === null || value === null ? filters : { ...filters, [split]: [value] };
    return loginsPath({ range, part: "fell_back", filters: own });
  };
}

/** Halts, and runs of trouble at the API. */
function useMoreMarks({ marks: { halts, troubles } }: FallbackData): Mark[] {
  const t = useTranslations("fallback.chart");
  return [
    ...halts.map(({ place }) => ({ place, name: t("halt") })),
    ...troubles.map(({ place }) => ({ place, name: t("trouble") })),
  ];
}

/** A step with too few for a rate keeps its count, for the table; one in which nothing happened has nothing to tell. */
function useRateValue(): (point: FallbackPoint, href: string | null) => Value | null {
  const t = useTranslations("fallback");
  const format = useFormatter();
  const locale = useLocale();
  return (point, href) => {
    if (!point || point.of === 0) return null;
    const base = t("of", { count: format.number(point.count), of: format.number(point.of) });
    const behind = point.count === 0 ? {} : hrefOf(href);
    if (!point.rate) return { value: null, text: base, ...behind };
    const { share: value, low, high } = point.rate;
    const interval = formatInterval(point.rate, locale);
    return { value, low, high, text: formatPercent(value, locale), interval, base, ...behind };
  };
}

function Splits({ search }: { search: FallbackSearch }) {
  const t = useTranslations("fallback");
  return (
    <nav className="splits" aria-label={t("split.label")}>
      {[null, ...FACET_NAMES].map((split) => (
        <Link
          key={split ?? "none"}
          className={classNames("chip", split === search.split && "on")}
          aria-current={split === search.split ? "true" : undefined}
          href={fallbackPath({ ...search, split })}
          scroll={false}
          prefetch={false}
        >
          {split === null ? t("split.none") : t(`facet.${split}`)}
        </Link>
      ))}
    </nav>
  );
}
