import { useFormatter, useTranslations } from "next-intl";
import { CampaignSoFar } from "#components/campaigns/campaign-so-far.tsx";
import { ReportLinks } from "#components/campaigns/report-links.tsx";
import { DeveloperDownloads } from "#components/integration/developer-downloads.tsx";
import { RunActs } from "#components/integration/run-acts.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import type { CampaignsData } from "#lib/campaign-results/loaders.ts";
import type { IntegrationData } from "#lib/integration-checks/loaders.ts";
import { developerFacts } from "#lib/postman/developer-facts.ts";
import { haltRunAction, openRunAction } from "../actions.ts";

/** What to do next, and against which API. */
export function IntegrationRail({ data, campaigns }: { data: IntegrationData; campaigns: CampaignsData }) {
  const t = useTranslations("integrationChecks.rail");
  const words = useTranslations("campaigns");
  const { results } = campaigns;
  return (
    <>
      <RailSection title={t("next")}>
        {data.mayRun ? (
          <RunActs
            runId={data.run?.id ?? null}
            isOpen={data.run !== null && data.run.endedAt === null}
            isBusy={data.isBusy}
            origin={data.api.origin}
            plan={data.plan}
            acts={{ open: openRunAction, halt: haltRunAction }}
          />
        ) : (
          <p className="small m">{t("whoMay")}</p>
        )}
        <div className="acts" style={{ paddingTop: 8 }}>
          {campaigns.mayChange && campaigns.api.kind !== "production" ? (
            <ButtonLink href="/integration/campaigns/new">{words("new")}</ButtonLink>
          ) : null}
          {results !== null && results.totals.tries > 0 ? (
            <ReportLinks campaignId={results.campaign.id} />
          ) : null}
        </div>
      </RailSection>
      <RailSection title={t("against")}>
        <Against data={data} />
      </RailSection>
      {results === null ? null : (
        <RailSection title={words("soFar.title")}>
          <CampaignSoFar results={results} />
        </RailSection>
      )}
      <DeveloperDownloads {...developerFacts()} />
    </>
  );
}

function Against({ data }: { data: IntegrationData }) {
  const t = useTranslations("integrationChecks");
  const format = useFormatter();
  const { api, run, askedBy, changed, people } = data;
  return (
    <dl className="dl">
      <dt>{t("rail.api")}</dt>
      <dd className="mono breaks">{new URL(api.origin).host}</dd>
      <dt>{t("rail.kind")}</dt>
      <dd>{t(`kind.${api.kind}`)}</dd>
      <dt>{t("rail.key")}</dt>
      <dd>•••• {api.keyEnd}</dd>
      {run === null ? null : (
        <>
          <dt>{t("rail.lastRun")}</dt>
          <dd>
            {format.dateTime(run.startedAt ?? run.askedAt, "minute")} ·{" "}
            {run.askedBy === null ? t("rail.byScript") : (askedBy ?? t("rail.byFormer"))}
          </dd>
          <dt>{t("rail.before")}</dt>
          <dd>
            {changed === null
              ? t("rail.noneBefore")
              : t("rail.changed", {
                  count: changed.length,
                  first: changed[0] ? t(`check.${changed[0]}`) : "",
                })}
          </dd>
          <dt>{t("rail.left")}</dt>
          <dd>
            <Status kind={people.left === 0 ? "ok" : "wait"}>{t("rail.leftOf", people)}</Status>
          </dd>
        </>
      )}
    </dl>
  );
}
