import { FlaskConical } from "lucide-react";
import { useTranslations } from "next-intl";
import { CampaignList } from "#components/campaigns/campaign-list.tsx";
import { CampaignMatrix } from "#components/campaigns/campaign-matrix.tsx";
import { MatrixLegend } from "#components/campaigns/matrix-legend.tsx";
import { WeakSpotNote } from "#components/campaigns/weak-spot-note.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Section } from "#components/ui/section.tsx";
import { State } from "#components/ui/state.tsx";
import type { CampaignsData } from "#lib/campaign-results/loaders.ts";
import type { CampaignResults } from "#lib/campaign-results/types.ts";
import { campaignPath } from "../campaigns/search-params.ts";

/** The newest campaign as a matrix, and below it all of them. */
export function CampaignsSection({ data }: { data: CampaignsData }) {
  const t = useTranslations("campaigns");
  const { results, list, now } = data;
  if (results === null) return <NoCampaign data={data} />;
  return (
    <>
      <Newest results={results} live={data.live} />
      <Section title={t("list.title")} about={t("list.about")}>
        <CampaignList list={list} now={now} />
      </Section>
    </>
  );
}

function Newest({ results, live }: { results: CampaignResults; live: CampaignsData["live"] }) {
  const t = useTranslations("campaigns");
  const { campaign, cells, weakSpot } = results;
  const { id, name, triesWanted, limitPercent } = campaign;
  return (
    <Section
      title={t("named", { name })}
      about={t("matrix.about", { wanted: triesWanted, limit: limitPercent })}
      end={
        <MatrixLegend
          limitPercent={limitPercent}
          link={{ href: campaignPath(id, "table"), text: t("legend.table") }}
        />
      }
    >
      <CampaignMatrix campaign={campaign} cells={cells} />
      <WeakSpotNote
        weakSpot={weakSpot}
        live={live}
        hasGaps={cells.some(({ verdict }) => verdict === "not_tried")}
      />
    </Section>
  );
}

/** What a campaign is for, where none was opened yet. */
function NoCampaign({ data: { mayChange, api } }: { data: CampaignsData }) {
  const t = useTranslations("campaigns");
  const isProduction = api.kind === "production";
  return (
    <Section title={t("list.title")}>
      <State
        icon={FlaskConical}
        title={t("none.title")}
        act={
          mayChange && !isProduction ? (
            <ButtonLink href="/integration/campaigns/new">{t("new")}</ButtonLink>
          ) : null
        }
      >
        {t("none.text")} {isProduction ? t("production.text") : mayChange ? null : t("rail.whoMay")}
      </State>
    </Section>
  );
}
