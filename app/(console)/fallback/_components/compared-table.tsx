import { Minus, TrendingDown, TrendingUp } from "lucide-react";
import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { axisEnd } from "#components/charts/geometry.ts";
import { IntervalBars } from "#components/charts/interval-bars.tsx";
import { Section } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import type { Compared, FacetName } from "#lib/fallback-page/types.ts";
import { formatInterval, formatPercent, formatPoints } from "#lib/format/numbers.ts";
import type { FallbackReason } from "#lib/logins/schema.ts";
import type { Share } from "#lib/rates/types.ts";
import type { TimeRange } from "#lib/time-steps.ts";
import { loginsPath } from "../logins/search-params.ts";
import type { ViewProps } from "./fallback-view.tsx";
import { usePeriodNames, useValueText } from "./use-words.ts";

type TableProps = ViewProps & { facet: FacetName };

/** The values of a facet before and now: each a rate over its count, with both intervals on one scale. */
export function ComparedTable({ facet, search, data }: TableProps) {
  const t = useTranslations("fallback.compared");
  const locale = useLocale();
  const names = usePeriodNames(data);
  const rows = data.compared[facet];
  const title = t("title", { facet });
  if (rows === null)
    return (
      <Section title={title}>
        <p className="m">{t("hidden")}</p>
      </Section>
    );
  if (rows.length === 0)
    return (
      <Section title={title}>
        <p className="m">{t("none")}</p>
      </Section>
    );
  const all = facet === "reason" && data.whole ? [data.whole] : [];
  const end = axisEnd(
    Math.max(...rows.map(({ before, now }) => Math.max(before?.rate?.high ?? 0, now.rate?.high ?? 0))),
  );
  return (
    <Section title={title} about={<Legend names={names} />}>
      <table className="tbl stack free compared">
        <thead>
          <tr>
            <th scope="col">{t("facet", { facet })}</th>
            <th scope="col" className="num">
              {t("before")}
            </th>
            <th scope="col" className="num">
              {t("now")}
            </th>
            <th scope="col">{t("scale", { end: formatPercent(end, locale) })}</th>
            <th scope="col" className="num">
              {t("points")}
            </th>
            <th scope="col">{t("reading")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.value} row={row} end={end} facet={facet} search={search} data={data} />
          ))}
          {all.map((row) => (
            <Row key="all" row={row} end={null} facet={facet} search={search} data={data} />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Legend({ names }: { names: ReturnType<typeof usePeriodNames> }) {
  return (
    <>
      {names.before === null ? null : (
        <>
          <i className="arm-key legacy" />
          {names.before}{" "}
        </>
      )}
      <i className="arm-key now" />
      {names.now}
    </>
  );
}

type RowProps = TableProps & {
  row: Compared;
  /** Where the scale ends; null for the row of all, which has none. */
  end: number | null;
};

function Row({ row, end, facet, search, data }: RowProps) {
  const t = useTranslations("fallback");
  const locale = useLocale();
  const valueText = useValueText(data.applications);
  const isAll = end === null;
  const { before, now, difference } = row;
  const filters = isAll ? search.filters : { ...search.filters, [facet]: [row.value] };
  const hrefIn = (range: TimeRange | null) =>
    range !== null && data.mayList ? loginsPath({ range, part: "fell_back", filters }) : null;
  return (
    <tr>
      <th scope="row" className="two-line full">
        {isAll ? t("compared.all") : valueText(facet, row.value)}
        {isAll || facet !== "reason" ? null : <small>{t(`remedy.${row.value as FallbackReason}`)}</small>}
      </th>
      <ShareCell share={before} isBefore href={hrefIn(data.periods.before)} />
      <ShareCell share={now} href={hrefIn(data.periods.now)} />
      <td className="sc hide-s">
        {end === null ? (
          difference && (
            <span className="m small">
              {t("compared.difference", {
                low: formatPoints(difference.low, locale),
                high: formatPoints(difference.high, locale),
              })}
            </span>
          )
        ) : (
          <IntervalBars biometric={now.rate} legacy={before?.rate ?? null} end={end} />
        )}
      </td>
      <td className="num">{difference ? formatPoints(difference.share, locale) : "–"}</td>
      <td>{before === null ? null : <Reading reading={row.reading} />}</td>
    </tr>
  );
}

/** A rate over what it rests on, which leads to the logins; only the count where there are too few for a rate. */
function ShareCell({
  share,
  isBefore,
  href,
}: {
  share: Share | null;
  isBefore?: boolean;
  href: string | null;
}) {
  const t = useTranslations("fallback");
  const format = useFormatter();
  const locale = useLocale();
  const className = isBefore ? "num two-line m2 hide-s" : "num two-line";
  if (!share || share.of === 0) return <td className={className}>–</td>;
  const base = t("of", { count: format.number(share.count), of: format.number(share.of) });
  const behind =
    href === null || share.count === 0 ? (
      base
    ) : (
      <Link href={href} prefetch={false}>
        {base}
      </Link>
    );
  if (!share.rate) return <td className={className}>{behind}</td>;
  return (
    <td className={className} title={formatInterval(share.rate, locale)}>
      {formatPercent(share.rate.share, locale)}
      <span className="vh"> ({formatInterval(share.rate, locale)})</span>
      <small>{behind}</small>
    </td>
  );
}

const READINGS = {
  rise: { kind: "due", icon: TrendingUp },
  fall: { kind: "ok", icon: TrendingDown },
  unclear: { kind: "none", icon: Minus },
  too_few: { kind: "none", icon: Minus },
} as const;

function Reading({ reading }: { reading: Compared["reading"] }) {
  const t = useTranslations("fallback.reading");
  const { kind, icon } = READINGS[reading];
  return (
    <Status kind={kind} icon={icon} quiet={kind === "none"}>
      {t(reading)}
    </Status>
  );
}
