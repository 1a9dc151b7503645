import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";
import type { FallbackData } from "#lib/fallback-page/loaders.ts";
import type { FallbackFilters } from "#lib/fallback-page/types.ts";
import { formatPercent } from "#lib/format/numbers.ts";
import type { Funnel, LegacyEnd, LegacyEnds, LoginPart } from "#lib/login-ends/types.ts";
import { PEOPLE_FOR_RATES } from "#lib/rates/rules.ts";
import { loginsPath } from "../logins/search-params.ts";
import type { ViewProps } from "./fallback-view.tsx";

/** Where the logins of enrolled people went, and beside it how the legacy way ended. */
export function FunnelSection({ search, data }: ViewProps) {
  const t = useTranslations("fallback.funnel");
  const legacy = useTranslations("fallback.legacy");
  const { funnel, legacy: ends } = data;
  return (
    <div className="two">
      <Section title={t("title")} about={t("about")}>
        {funnel === null ? (
          <p className="m">{t("hidden")}</p>
        ) : (
          <FunnelTable funnel={funnel} filters={search.filters} data={data} />
        )}
      </Section>
      <Section title={legacy("title")} about={legacy("about")}>
        {ends === null ? (
          <p className="m">{t("hidden")}</p>
        ) : (
          <LegacyTable ends={ends} filters={search.filters} data={data} />
        )}
      </Section>
    </div>
  );
}

type TableProps = { filters: FallbackFilters; data: FallbackData };
type FunnelRow = { part: LoginPart; count: number; of: number; isPart?: boolean };

function FunnelTable({ funnel, filters, data }: TableProps & { funnel: Funnel }) {
  const t = useTranslations("fallback.funnel");
  const { eligible, offered } = funnel;
  const rows: FunnelRow[] = [
    { part: "eligible", count: eligible, of: eligible },
    { part: "offered", count: offered, of: eligible },
    { part: "captured", count: funnel.captured, of: offered },
    { part: "approved", count: funnel.approved, of: offered, isPart: true },
    { part: "fell_back", count: funnel.fellBack, of: offered, isPart: true },
    { part: "rejected", count: funnel.rejected, of: offered, isPart: true },
    { part: "abandoned", count: funnel.abandoned, of: offered, isPart: true },
  ];
  return (
    <>
      <table className="tbl free funnel">
        <thead>
          <tr>
            <th scope="col">{t("step")}</th>
            <th scope="col" className="num">
              {t("logins")}
            </th>
            <th scope="col" className="num">
              {t("share")}
            </th>
            <th scope="col">
              <span className="vh">{t("picture")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ part, count, of, isPart }) => (
            <tr key={part}>
              <th scope="row" className={isPart ? "part" : undefined}>
                {t(`part.${part as FunnelPart}`)}
              </th>
              <CountCell count={count} part={part} filters={filters} data={data} />
              <ShareOf count={count} of={of} />
              <td className="fill">
                {count === 0 ? null : (
                  <i
                    className={part === "fell_back" ? "bar" : "bar a"}
                    style={{ width: `${(count / eligible) * 100}%` }}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small m foot">{t("eligible")}</p>
    </>
  );
}

type FunnelPart = "eligible" | "offered" | "captured" | "approved" | "fell_back" | "rejected" | "abandoned";

const ENDS = [
  { end: "completed", of: ({ completed }: LegacyEnds) => completed },
  { end: "failed", of: ({ failed }: LegacyEnds) => failed },
  { end: "unreported", of: ({ unreported }: LegacyEnds) => unreported },
  { end: "locked_out", of: ({ lockedOut }: LegacyEnds) => lockedOut },
] as const satisfies readonly { end: LegacyEnd; of: unknown }[];

function LegacyTable({ ends, filters, data }: TableProps & { ends: NonNullable<FallbackData["legacy"]> }) {
  const t = useTranslations("fallback.legacy");
  const noReasons = { ...filters, reason: [] };
  return (
    <>
      <table className="tbl free">
        <thead>
          <tr>
            <th scope="col">{t("end")}</th>
            <th scope="col" className="num" colSpan={2}>
              {t("fellBack")}
            </th>
            <th scope="col" className="num" colSpan={2}>
              {t("keptApart")}
            </th>
          </tr>
        </thead>
        <tbody>
          {ENDS.map(({ end, of }) => (
            <tr key={end}>
              <th scope="row">{t(end)}</th>
              <CountCell
                count={of(ends.fellBack)}
                part="fell_back"
                end={end}
                filters={noReasons}
                data={data}
              />
              <ShareOf count={of(ends.fellBack)} of={ends.fellBack.all} />
              <CountCell
                count={of(ends.keptApart)}
                part="kept_apart"
                end={end}
                filters={noReasons}
                data={data}
              />
              <ShareOf count={of(ends.keptApart)} of={ends.keptApart.all} />
            </tr>
          ))}
          <tr>
            <th scope="row">{t("all")}</th>
            <CountCell count={ends.fellBack.all} part="fell_back" filters={noReasons} data={data} />
            <td />
            <CountCell count={ends.keptApart.all} part="kept_apart" filters={noReasons} data={data} />
            <td />
          </tr>
        </tbody>
      </table>
      <p className="small m foot">{t("lockedNote")}</p>
    </>
  );
}

type CountCellProps = TableProps & { count: number; part: LoginPart; end?: LegacyEnd };

/** A count that leads to the logins it counts, for who may see them. */
function CountCell({ count, part, end, filters, data }: CountCellProps) {
  const format = useFormatter();
  const text = format.number(count);
  return (
    <td className="num">
      {count > 0 && data.mayList ? (
        <Link
          href={loginsPath({
            range: data.periods.now,
            part,
            filters: { ...filters, reason: [] },
            ...(end ? { end } : {}),
          })}
          prefetch={false}
        >
          {text}
        </Link>
      ) : (
        text
      )}
    </td>
  );
}

function ShareOf({ count, of }: { count: number; of: number }) {
  const locale = useLocale();
  return <td className="num m2">{of < PEOPLE_FOR_RATES ? "" : formatPercent(count / of, locale)}</td>;
}
