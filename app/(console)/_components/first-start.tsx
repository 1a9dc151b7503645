import { useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { Note } from "#components/ui/note.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { Overview } from "#lib/overview/types.ts";
import type { Exposure } from "#lib/service-health/types.ts";
import { CallsToMake } from "./calls-to-make.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { GoOn } from "./go-on.tsx";
import { RequestsDue } from "./requests-due.tsx";
import { WhatRuns } from "./what-runs.tsx";

type FirstStartProps = Extract<Overview, { kind: "first_start" }>;

/** The overview before the first login: what to do, what one's own app will call, what runs. */
export function FirstStart({ exposure, checks, site, requests }: FirstStartProps) {
  const t = useTranslations("overview.first");
  const { embedded } = site;
  const local = embedded.database && embedded.unleash && embedded.api;
  const rail = (
    <>
      {requests === null || requests.counts.open === 0 ? null : <RequestsDue requests={requests} />}
      <WhatRuns checks={checks} site={site} exposure={exposure} />
      <GoOn site={site} />
      {embedded.api ? (
        <RailSection>
          <Note tone="warn">{t.rich("sandbox", { b: (text) => <b>{text}</b> })}</Note>
        </RailSection>
      ) : null}
    </>
  );
  return (
    <Page rail={rail} railLabel={useTranslations("overview")("rail")}>
      <PageHead
        answer={t("answer", { start: site.hasSample ? "sample" : "app" })}
        lead={t("lead", { where: local ? "local" : "connected" })}
      />
      {site.hasSample ? <FirstSteps sandbox={embedded.api} /> : null}
      <CallsToMake gatewayUrl={site.gatewayUrl} hasSample={site.hasSample} />
      <div className="two three">
        <section className="will">
          <h2>{t("figures.title")}</h2>
          <p>{t("figures.text")}</p>
        </section>
        <section className="will">
          <h2>{t("rollout.title")}</h2>
          <RolloutText exposure={exposure} />
        </section>
        <section className="will">
          <h2>{t("history.title")}</h2>
          <p>{t("history.text")}</p>
        </section>
      </div>
    </Page>
  );
}

function RolloutText({ exposure }: { exposure: Exposure | null }) {
  const t = useTranslations("overview.first.rollout");
  if (exposure === null) return <p>{t("unknown")}</p>;
  if (exposure.halted) return <p>{t("halted")}</p>;
  const { exposurePercent: percent } = exposure;
  if (percent === 0) return <p>{t("none")}</p>;
  return <p>{percent === 100 ? t("all") : t("some", { percent })}</p>;
}
