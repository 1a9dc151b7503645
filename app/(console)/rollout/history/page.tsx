import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Page } from "#components/layout/page.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { loadRolloutHistory } from "#lib/rollout-page/loaders.ts";
import { HistoryTable } from "../_components/history.tsx";
import { RolloutCrumb } from "../_components/rollout-crumb.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rollout.history"))("pageTitle") };
}

export default async function RolloutHistoryPage() {
  const entries = await loadRolloutHistory();
  const t = await getTranslations("rollout.history");
  return (
    <Page>
      <PageHead
        crumb={<RolloutCrumb here={t("title")} />}
        answer={t("answer", { count: entries.length })}
        lead={t("lead")}
      />
      <section className="sec">
        {entries.length === 0 ? <p className="m">{t("empty")}</p> : <HistoryTable entries={entries} />}
      </section>
    </Page>
  );
}
