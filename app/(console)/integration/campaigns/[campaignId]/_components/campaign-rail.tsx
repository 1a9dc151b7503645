import { useFormatter, useTranslations } from "next-intl";
import { CampaignSoFar } from "#components/campaigns/campaign-so-far.tsx";
import { CloseCampaign } from "#components/campaigns/close-campaign.tsx";
import { IssueLinks } from "#components/campaigns/issue-links.tsx";
import { ReportLinks } from "#components/campaigns/report-links.tsx";
import { Note } from "#components/ui/note.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { CampaignData } from "#lib/campaign-results/loaders.ts";
import { planOf } from "#lib/campaigns/rules.ts";
import { closeCampaignAction, issueTestersAction } from "../../actions.ts";

const MOST_AT_ONCE = 50;

/** What to do next, the campaign in figures, and how it was set. */
export function CampaignRail({ data }: { data: CampaignData }) {
  const t = useTranslations("campaigns");
  return (
    <>
      <RailSection title={t("rail.next")}>
        <Next data={data} />
      </RailSection>
      <RailSection title={t("soFar.title")}>
        <CampaignSoFar results={data.results} />
      </RailSection>
      <RailSection title={t("rail.setting")}>
        <Setting data={data} />
      </RailSection>
    </>
  );
}

function Next({ data }: { data: CampaignData }) {
  const t = useTranslations("campaigns");
  const { results, standing, mayChange, api } = data;
  const { campaign } = results;
  const isOtherApi = api.origin !== campaign.origin;
  const hasTries = results.totals.tries + results.totals.failed > 0;
  return (
    <div style={{ display: "grid", gap: 8 }}>
      {mayChange && standing === "open" && !isOtherApi ? (
        <IssueLinks campaignId={campaign.id} suggested={suggestedOf(data)} act={issueTestersAction} />
      ) : null}
      {standing === "open" && isOtherApi ? <Note tone="warn">{t("rail.otherApi")}</Note> : null}
      {hasTries ? <ReportLinks campaignId={campaign.id} /> : null}
      {mayChange && standing !== "closed" ? (
        <CloseCampaign campaign={campaign} effect={effectOf(data)} act={closeCampaignAction} />
      ) : null}
      {mayChange ? null : <p className="small m">{t("rail.whoMay")}</p>}
      {standing === "closed" && !hasTries ? <p className="small m">{t("rail.closed")}</p> : null}
    </div>
  );
}

/** As many as the plan asks for and are not issued yet. */
function suggestedOf({ results: { campaign, testers } }: CampaignData): number {
  const { testersPerDevice } = planOf({
    ...campaign,
    ...{ devices: campaign.devices.length, lightings: 1, positions: 1 },
  });
  const missing = testersPerDevice * campaign.devices.length - testers.length;
  return Math.max(1, Math.min(MOST_AT_ONCE, missing));
}

function effectOf({ results: { testers, totals } }: CampaignData) {
  return {
    links: testers.filter(({ state }) => state === "invited" || state === "taking_part").length,
    enrolled: testers.filter(({ held }) => held > 0).length,
    tries: totals.tries + totals.failed,
  };
}

function Setting({ data: { results } }: { data: CampaignData }) {
  const t = useTranslations("campaigns.rail");
  const kinds = useTranslations("integrationChecks.kind");
  const format = useFormatter();
  const { campaign } = results;
  return (
    <dl className="dl">
      <dt>{t("api")}</dt>
      <dd className="mono breaks">{new URL(campaign.origin).host}</dd>
      <dt>{t("kind")}</dt>
      <dd>{kinds(campaign.kind)}</dd>
      <dt>{t("opened")}</dt>
      <dd>{format.dateTime(campaign.openedAt, "minute")}</dd>
      <dt>{t("wanted")}</dt>
      <dd>{format.number(campaign.triesWanted)}</dd>
      <dt>{t("each")}</dt>
      <dd>{format.number(campaign.triesEach)}</dd>
      <dt>{t("limit")}</dt>
      <dd>{t("percent", { limit: campaign.limitPercent })}</dd>
    </dl>
  );
}
