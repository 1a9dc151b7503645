import { useFormatter, useLocale, useTranslations } from "next-intl";
import { axisEnd } from "#components/charts/geometry.ts";
import { IntervalBars } from "#components/charts/interval-bars.tsx";
import { Note } from "#components/ui/note.tsx";
import { Section } from "#components/ui/section.tsx";
import { formatPercent } from "#lib/format/numbers.ts";
import type { StageCard } from "#lib/overview/types.ts";
import type { Share } from "#lib/rates/types.ts";

/** Both ways side by side within the present stage. Limits and verdicts come with the plan of a rollout, not before. */
export function Arms({ stage }: { stage: StageCard }) {
  const t = useTranslations("overview.arms");
  const format = useFormatter();
  const { exposure, comparedSince, realised, arms } = stage;
  const realisedText = useRealised();
  const title = exposure ? t("title", { percent: exposure.exposurePercent }) : t("titleUnread");
  if (!comparedSince || arms.biometric.logins === 0)
    return (
      <Section title={title}>
        <p className="m">{t("notMet")}</p>
      </Section>
    );
  return (
    <Section
      title={title}
      about={t("about", { from: format.dateTime(comparedSince, "dayAndMonth") })}
      end={realisedText(realised)}
    >
      {arms.isVoid ? <Note tone="warn">{t.rich("void", { b: (text) => <b>{text}</b> })}</Note> : null}
      <ArmsTable stage={stage} />
      {arms.legacy ? null : <p className="small m foot">{t("noLegacy")}</p>}
    </Section>
  );
}

/** How far the stage is real: of those who could have been offered biometrics, those who were. */
function useRealised(): (share: Share | null) => string | undefined {
  const t = useTranslations("overview.arms");
  const format = useFormatter();
  const locale = useLocale();
  return (share) => {
    if (!share || share.of === 0) return undefined;
    const bases = { count: format.number(share.count), of: format.number(share.of) };
    return share.rate
      ? t("realised", { share: formatPercent(share.rate.share, locale), ...bases })
      : t("realisedCount", bases);
  };
}

type Row = {
  key: "notCompleted" | "lockouts" | "fallback" | "errors";
  biometric: Share | null;
  legacy: Share | null;
};

function ArmsTable({ stage: { arms, fallback, apiErrors } }: { stage: StageCard }) {
  const t = useTranslations("overview.arms");
  const terms = useTranslations("terms.path");
  const locale = useLocale();
  const { biometric, legacy } = arms;
  const rows: Row[] = [
    { key: "notCompleted", biometric: biometric.notCompleted, legacy: legacy?.notCompleted ?? null },
    { key: "lockouts", biometric: biometric.lockouts, legacy: legacy?.lockouts ?? null },
    { key: "fallback", biometric: fallback, legacy: null },
    { key: "errors", biometric: apiErrors, legacy: null },
  ];
  const highs = rows.flatMap((row) => [row.biometric?.rate?.high ?? 0, row.legacy?.rate?.high ?? 0]);
  const end = axisEnd(Math.max(...highs));
  const hasRates = highs.some((high) => high > 0);
  return (
    <table className="tbl stack free arms">
      <thead>
        <tr>
          <th scope="col">{t("what")}</th>
          <th scope="col" className="num">
            <i className="arm-key" />
            {terms("biometric")}
          </th>
          <th scope="col" className="num">
            <i className="arm-key legacy" />
            {terms("legacy")}
          </th>
          <th scope="col">{hasRates ? t("scale", { end: formatPercent(end, locale) }) : t("scaleFew")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, biometric: bio, legacy: old }) => (
          <tr key={key}>
            <th scope="row">{t(key)}</th>
            <ShareCell share={bio} />
            <ShareCell share={old} isLegacy />
            <td className="sc">
              <IntervalBars biometric={bio?.rate ?? null} legacy={old?.rate ?? null} end={end} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A rate over its count; only the count where people are too few; a dash where there is none or it may not be told. */
function ShareCell({ share, isLegacy }: { share: Share | null; isLegacy?: boolean }) {
  const t = useTranslations("overview.arms");
  const format = useFormatter();
  const locale = useLocale();
  const className = isLegacy ? "num two-line m2 hide-s" : "num two-line";
  if (!share || share.of === 0) return <td className={className}>–</td>;
  const base = t("of", { count: format.number(share.count), of: format.number(share.of) });
  if (!share.rate) return <td className={className}>{base}</td>;
  return (
    <td className={className}>
      {formatPercent(share.rate.share, locale, 2)}
      <small>{base}</small>
    </td>
  );
}
