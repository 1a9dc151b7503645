import { Camera, CloudAlert, KeyRound, Lightbulb, type LucideIcon, Sun } from "lucide-react";
import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Fragment } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { FallbackData } from "#lib/fallback-page/loaders.ts";
import { worstOf } from "#lib/fallback-page/rules.ts";
import { formatPercent } from "#lib/format/numbers.ts";
import type { FallbackReason } from "#lib/logins/schema.ts";
import { loginsPath } from "../logins/search-params.ts";
import { fallbackPath } from "../search-params.ts";
import type { ViewProps } from "./fallback-view.tsx";
import { useValueText } from "./use-words.ts";

/** On which devices most fall back; each leads to the figures of that device alone. */
export function WorstRail({ search, data }: ViewProps) {
  const t = useTranslations("fallback.worst");
  const format = useFormatter();
  const locale = useLocale();
  const valueText = useValueText(data.applications);
  const rows = data.compared.device;
  if (rows === null)
    return <RailSection title={t("title")}>{<p className="m">{t("hidden")}</p>}</RailSection>;
  const worst = worstOf(rows);
  const sorted = rows.toSorted((a, b) => (b.now.rate?.share ?? -1) - (a.now.rate?.share ?? -1));
  return (
    <RailSection title={t("title")} about={t("about")}>
      <table className="tbl free">
        <thead>
          <tr>
            <th scope="col">{t("device")}</th>
            <th scope="col" className="num">
              {t("fellBack")}
            </th>
            <th scope="col" className="num">
              {t("rate")}
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ value, now }) => (
            <tr key={value}>
              <th scope="row" className={value === worst?.value ? undefined : "plain"}>
                <Link
                  href={fallbackPath({
                    ...search,
                    filters: { ...search.filters, device: [value as (typeof search.filters.device)[number]] },
                  })}
                  scroll={false}
                  prefetch={false}
                >
                  {valueText("device", value)}
                </Link>
              </th>
              <td className="num m">
                {t("of", { count: format.number(now.count), of: format.number(now.of) })}
              </td>
              <td className="num">{now.rate ? formatPercent(now.rate.share, locale) : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {worst === null ? null : (
        <p className="small m foot">
          {t("carries", {
            name: valueText("device", worst.value),
            fallbacks: formatPercent(worst.ofFallbacks, locale, 0),
            logins: formatPercent(worst.ofOffered, locale, 0),
          })}
        </p>
      )}
    </RailSection>
  );
}

const REMEDIES_SHOWN = 3;
const ICONS: Partial<Record<FallbackReason, LucideIcon>> = {
  capture_quality: Sun,
  camera_refused: Camera,
  camera_missing: Camera,
  api_trouble: CloudAlert,
  chose_password: KeyRound,
};

/** What would reach the most fallbacks. */
export function TryRail({ data }: { data: FallbackData }) {
  const t = useTranslations("fallback");
  const terms = useTranslations("terms.fallbackReason");
  const format = useFormatter();
  const locale = useLocale();
  const rows = (data.compared.reason ?? []).filter(({ now }) => now.count > 0).slice(0, REMEDIES_SHOWN);
  if (rows.length === 0) return null;
  return (
    <RailSection title={t("try.title")}>
      <ul className="todo">
        {rows.map(({ value, now }) => (
          <li key={value}>
            <Icon of={ICONS[value as FallbackReason] ?? Lightbulb} size={16} />
            <b>{t(`remedy.${value as FallbackReason}`)}</b>
            <small>
              {t("try.reaches", {
                count: now.count,
                reason: terms(value as FallbackReason),
                rated: now.rate ? "yes" : "no",
                share: now.rate ? formatPercent(now.rate.share, locale) : format.number(now.count),
              })}
            </small>
          </li>
        ))}
      </ul>
    </RailSection>
  );
}

/** Logins that were never offered the path are routed to legacy, not fallen back: counted apart, with why. */
export function ApartRail({ search, data }: ViewProps) {
  const t = useTranslations("fallback.apart");
  const terms = useTranslations("terms.pathReason");
  const format = useFormatter();
  const { apart, periods, mayList } = data;
  if (apart === null)
    return <RailSection title={t("title")}>{<p className="m">{t("hidden")}</p>}</RailSection>;
  const all = apart.reduce((sum, { count }) => sum + count, 0);
  return (
    <RailSection title={t("title")}>
      <p className="m2">{t("text", { count: all })}</p>
      <dl className="dl">
        {apart.map(({ reason, count }) => (
          <Fragment key={reason}>
            <dt>{terms(reason)}</dt>
            <dd>
              {mayList ? (
                <Link
                  href={loginsPath({
                    range: periods.now,
                    part: "not_offered",
                    why: reason,
                    filters: search.filters,
                  })}
                  prefetch={false}
                >
                  {format.number(count)}
                </Link>
              ) : (
                format.number(count)
              )}
            </dd>
          </Fragment>
        ))}
      </dl>
    </RailSection>
  );
}
