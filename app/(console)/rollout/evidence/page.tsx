import "#components/rollout/rollout.css";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Page } from "#components/layout/page.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { loadRolloutEvidence } from "#lib/rollout-page/loaders.ts";
import { Evidence } from "../_components/evidence.tsx";
import { RolloutCrumb } from "../_components/rollout-crumb.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rollout.evidence"))("pageTitle") };
}

export default async function RolloutEvidencePage() {
  const data = await loadRolloutEvidence();
  const t = await getTranslations("rollout.evidence");
  const crumb = <RolloutCrumb here={t("pageTitle")} />;
  if (data === null)
    return (
      <Page>
        <PageHead crumb={crumb} answer={t("pageTitle")} lead={t("empty")} />
      </Page>
    );
  return (
    <ClientMessages rooms={["charts", "rollout"]}>
      <Evidence data={data} crumb={crumb} />
    </ClientMessages>
  );
}
