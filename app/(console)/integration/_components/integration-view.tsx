import { Plug } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { ChecksTable } from "#components/integration/checks-table.tsx";
import { FactsTable } from "#components/integration/facts-table.tsx";
import { Page } from "#components/layout/page.tsx";
import { FollowAlong } from "#components/requests/follow-along.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { Section } from "#components/ui/section.tsx";
import { State } from "#components/ui/state.tsx";
import type { CampaignsData } from "#lib/campaign-results/loaders.ts";
import type { IntegrationData } from "#lib/integration-checks/loaders.ts";
import { isRight } from "#lib/integration-checks/rules.ts";
import { CampaignsSection } from "./campaigns-section.tsx";
import { IntegrationRail } from "./integration-rail.tsx";

type IntegrationViewProps = { data: IntegrationData; campaigns: CampaignsData };

/** Whether the integration is right: the newest run check by check, the newest campaign, and what is known of the API. */
export function IntegrationView({ data, campaigns }: IntegrationViewProps) {
  const t = useTranslations("integrationChecks");
  const format = useFormatter();
  const { run, checks, facts, stamp, api } = data;
  return (
    <ClientMessages rooms={["integrationChecks", "errors"]}>
      <Page rail={<IntegrationRail data={data} campaigns={campaigns} />} railLabel={t("rail.label")}>
        <Head data={data} campaigns={campaigns} />
        {run === null ? (
          <State icon={Plug} title={t("empty.title")}>
            {t("empty.text")}
          </State>
        ) : (
          <Section
            title={t("checks.title")}
            about={t("checks.about", {
              time: format.dateTime(run.startedAt ?? run.askedAt, "minute"),
              kind: t(`kind.${run.kind}`),
            })}
          >
            <ChecksTable key={run.id} checks={checks} isOpen={run.endedAt === null} />
          </Section>
        )}
        <CampaignsSection data={campaigns} />
        <Section title={t("facts.title")} about={t("facts.about", { origin: api.origin })}>
          <FactsTable facts={facts} />
        </Section>
        <FollowAlong path="/api/integration/run" stamp={`${stamp} ${campaigns.stamp}`} />
      </Page>
    </ClientMessages>
  );
}

type Answer = "never" | "asked" | "running" | "right" | "fails" | "ended";

function answerOf({ run, counts }: IntegrationData): Answer {
  if (run === null) return "never";
  if (run.state === "asked" || run.state === "running") return run.state;
  if (counts.fail > 0) return "fails";
  return run.state === "finished" && isRight(counts) ? "right" : "ended";
}

function Head({ data, campaigns }: IntegrationViewProps) {
  const t = useTranslations("integrationChecks");
  const words = useTranslations("campaigns");
  const { counts, checks } = data;
  const made = checks.filter(({ result }) => result?.verdict != null).length;
  const values = { ...counts, made, all: checks.length };
  const answer = answerOf(data);
  const spot = campaigns.results?.weakSpot;
  const weak = spot
    ? words("weak.lead", { device: spot.label, light: words(`inLight.${spot.lighting}`) })
    : null;
  return (
    <PageHead
      answer={t(`answer.${answer}`, values)}
      lead={
        <>
          {t(`lead.${answer}`, values)} {weak}
        </>
      }
    />
  );
}
