import { useLocale, useTranslations } from "next-intl";
import type { CampaignResults } from "#lib/campaign-results/types.ts";
import { formatPercent } from "#lib/format/numbers.ts";

/** A campaign in a few figures. */
export function CampaignSoFar({ results }: { results: CampaignResults }) {
  const t = useTranslations("campaigns.soFar");
  const locale = useLocale();
  const { totals, swapped, testers, campaign } = results;
  const { rate } = swapped;
  const consented = testers.filter(({ consentedAt }) => consentedAt !== null).length;
  const partOf = (count: number, of: number) => (of === 0 ? "–" : t("of", { count, of }));
  return (
    <dl className="dl">
      <dt>{t("recognised")}</dt>
      <dd className="nw">{partOf(totals.recognised, totals.tries)}</dd>
      <dt>{t("cells", { limit: campaign.limitPercent })}</dt>
      <dd className="nw">{partOf(totals.fine, totals.judged)}</dd>
      {totals.judged < totals.cells ? (
        <>
          <dt>{t("open")}</dt>
          <dd className="nw">{t("of", { count: totals.cells - totals.judged, of: totals.cells })}</dd>
        </>
      ) : null}
      {campaign.swapped ? (
        <>
          <dt>{t("swapped")}</dt>
          <dd>
            {rate === null ? (
              "–"
            ) : (
              <>
                {t("ofSwapped", { count: swapped.accepted, of: swapped.accepted + swapped.refused })}
                <div className="small m">{t("atMost", { share: formatPercent(rate.high, locale) })}</div>
              </>
            )}
          </dd>
        </>
      ) : null}
      <dt>{t("people")}</dt>
      <dd>{t("peopleOf", { count: testers.length, consented })}</dd>
    </dl>
  );
}
