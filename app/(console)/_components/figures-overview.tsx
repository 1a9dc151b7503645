import { useTranslations } from "next-intl";
import { Freshness } from "#components/layout/freshness.tsx";
import { Page } from "#components/layout/page.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { Section } from "#components/ui/section.tsx";
import type { Figures, FiguresOverview as FiguresOverviewData } from "#lib/overview/types.ts";
import type { RolloutCard } from "#lib/rollout-page/types.ts";
import { Arms } from "./arms.tsx";
import { ChangedLately } from "./changed-lately.tsx";
import { HoursChart } from "./hours-chart.tsx";
import { KeyFigures } from "./key-figures.tsx";
import { LatestVerifications } from "./latest-verifications.tsx";
import { Answer, Lead } from "./overview-answer.tsx";
import { RequestsDue } from "./requests-due.tsx";
import { RolloutCardOf } from "./rollout-card.tsx";
import { RolloutStages } from "./rollout-stages.tsx";
import { ServiceStrip } from "./service-strip.tsx";
import { TrendCharts } from "./trend-charts.tsx";

/** The overview once logins exist: is login healthy, where is the rollout, in figures that carry their base. */
export function FiguresOverview(props: FiguresOverviewData & { rollout: RolloutCard | null }) {
  const {
    asOf,
    figures,
    stage,
    trend,
    policyChanges,
    sparks,
    apiDays,
    latest,
    changes,
    checks,
    site,
    requests,
    rollout,
  } = props;
  const t = useTranslations("overview");
  const rail = (
    <>
      {requests === null ? null : <RequestsDue requests={requests} />}
      <ServiceStrip checks={checks} site={site} figures={figures} days={apiDays} />
      <ChangedLately changes={changes} />
    </>
  );
  return (
    <Page rail={rail} railLabel={t("rail")}>
      <PageHead
        answer={<Answer figures={figures} exposure={stage.exposure} />}
        lead={<Lead figures={figures} />}
        acts={<Freshness asOf={asOf} />}
      />
      {rollout === null ? <RolloutStages stage={stage} now={asOf} /> : <RolloutCardOf card={rollout} />}
      <Arms stage={stage} />
      <Section title={t("figures.last.title")} about={t("figures.last.against")} end={useBases(figures)}>
        <KeyFigures figures={figures} sparks={sparks} />
      </Section>
      {trend.hasRates ? (
        <TrendCharts trend={trend} />
      ) : (
        <>
          <HoursChart figures={figures} policyChanges={policyChanges} asOf={asOf} />
          {latest === null ? null : <LatestVerifications rows={latest} />}
        </>
      )}
    </Page>
  );
}

/** How many logins the figures rest on, and those counted apart from them. */
function useBases({ offered, routed, openLogins }: Figures): string {
  const t = useTranslations("overview.figures.last");
  const ends = [t("offered", { offered })];
  if (routed !== null) ends.push(t("routed", { routed }));
  if (openLogins !== null && openLogins > 0) ends.push(t("open", { count: openLogins }));
  return ends.join(" · ");
}
