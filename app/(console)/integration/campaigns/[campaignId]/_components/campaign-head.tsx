import { useFormatter, useTranslations } from "next-intl";
import { PageHead } from "#components/ui/page-head.tsx";
import type { CampaignData } from "#lib/campaign-results/loaders.ts";
import { IntegrationCrumb } from "../../../_components/integration-crumb.tsx";

/** What the campaign says so far, and how long it goes on. */
export function CampaignHead({ data }: { data: CampaignData }) {
  const t = useTranslations("campaigns");
  const format = useFormatter();
  const { results, standing } = data;
  const { campaign } = results;
  const until = campaign.closedAt ?? campaign.endsAt;
  return (
    <PageHead
      crumb={<IntegrationCrumb here={t("named", { name: campaign.name })} />}
      answer={<Answer data={data} />}
      lead={
        <>
          <Lead data={data} /> {t(`until.${standing ?? "open"}`, { time: format.dateTime(until, "minute") })}
        </>
      }
    />
  );
}

function Answer({ data: { results } }: { data: CampaignData }) {
  const t = useTranslations("campaigns");
  const { campaign, totals, weakSpot, testers } = results;
  if (testers.length === 0) return t("answer.noTesters");
  if (totals.tries === 0) return t("answer.noTries");
  if (weakSpot !== null)
    return t("answer.weak", { device: weakSpot.label, light: t(`inLight.${weakSpot.lighting}`) });
  if (totals.judged < totals.cells) return t("answer.tooFew", { judged: totals.judged, cells: totals.cells });
  return t(totals.fine === totals.cells ? "answer.fine" : "answer.single", {
    limit: campaign.limitPercent,
    weak: totals.cells - totals.fine,
  });
}

function Lead({ data: { results } }: { data: CampaignData }) {
  const t = useTranslations("campaigns");
  const { totals, weakSpot } = results;
  if (totals.tries === 0) return null;
  return t(weakSpot === null ? "lead.all" : "lead.weak", {
    recognised: totals.recognised,
    tries: totals.tries,
    there: weakSpot?.recognised ?? 0,
    of: weakSpot?.tries ?? 0,
  });
}
