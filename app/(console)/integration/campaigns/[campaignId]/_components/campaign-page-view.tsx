import { FlaskConical, Link2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { CampaignMatrix } from "#components/campaigns/campaign-matrix.tsx";
import { CellsTable } from "#components/campaigns/cells-table.tsx";
import { LinksShownOnce } from "#components/campaigns/links-shown-once.tsx";
import { MatrixLegend } from "#components/campaigns/matrix-legend.tsx";
import { NewLinksProvider } from "#components/campaigns/new-links.tsx";
import { TestersTable } from "#components/campaigns/testers-table.tsx";
import { WeakSpotNote } from "#components/campaigns/weak-spot-note.tsx";
import { WhatFailed } from "#components/campaigns/what-failed.tsx";
import { Page } from "#components/layout/page.tsx";
import { FollowAlong } from "#components/requests/follow-along.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { Section } from "#components/ui/section.tsx";
import { State } from "#components/ui/state.tsx";
import type { CampaignData } from "#lib/campaign-results/loaders.ts";
import { withdrawTesterAction } from "../../actions.ts";
import { type CampaignView, campaignPath } from "../../search-params.ts";
import { CampaignHead } from "./campaign-head.tsx";
import { CampaignRail } from "./campaign-rail.tsx";

type CampaignPageViewProps = { data: CampaignData; view: CampaignView };

/** One campaign: how each condition went, what failed and why, and who takes part. */
export function CampaignPageView({ data, view }: CampaignPageViewProps) {
  const t = useTranslations("campaigns");
  const { results, standing, stamp, mayChange } = data;
  const { campaign, testers } = results;
  return (
    <ClientMessages rooms={["campaigns", "errors", "proof"]}>
      <NewLinksProvider>
        <Page rail={<CampaignRail data={data} />} railLabel={t("rail.label")}>
          <CampaignHead data={data} />
          <LinksShownOnce />
          <Conditions data={data} view={view} />
          {results.totals.tries + results.totals.failed === 0 ? null : (
            <Section title={t("failed.title")} about={t("failed.about")}>
              <WhatFailed results={results} />
            </Section>
          )}
          <Section title={t("testers.title")} about={t("testers.about")}>
            {testers.length === 0 ? (
              <State icon={Link2} title={t("testers.none")}>
                {t(standing === "open" && mayChange ? "testers.noneText" : "testers.noneRead")}
              </State>
            ) : (
              <TestersTable
                testers={testers}
                isOpen={standing === "open"}
                withdraw={mayChange ? withdrawTesterAction : null}
              />
            )}
          </Section>
          <FollowAlong path={`/api/campaigns/${campaign.id}/stamp`} stamp={stamp} />
        </Page>
      </NewLinksProvider>
    </ClientMessages>
  );
}

function Conditions({ data: { results, live }, view }: CampaignPageViewProps) {
  const t = useTranslations("campaigns");
  const { campaign, cells, weakSpot, totals } = results;
  const other = view === "table" ? "matrix" : "table";
  return (
    <Section
      title={t("matrix.title")}
      about={t("matrix.about", { wanted: campaign.triesWanted, limit: campaign.limitPercent })}
      end={
        <MatrixLegend
          limitPercent={campaign.limitPercent}
          link={{ href: campaignPath(campaign.id, other), text: t(`legend.${other}`) }}
        />
      }
    >
      {view === "table" ? (
        <CellsTable campaign={campaign} cells={cells} />
      ) : (
        <CampaignMatrix campaign={campaign} cells={cells} />
      )}
      {totals.tries === 0 ? (
        <State icon={FlaskConical} title={t("noTries.title")}>
          {t("noTries.text")}
        </State>
      ) : (
        <WeakSpotNote
          weakSpot={weakSpot}
          live={live}
          hasGaps={cells.some(({ verdict }) => verdict === "not_tried")}
        />
      )}
    </Section>
  );
}
