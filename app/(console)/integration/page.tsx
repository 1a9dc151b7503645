import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadCampaigns } from "#lib/campaign-results/loaders.ts";
import { loadIntegration } from "#lib/integration-checks/loaders.ts";
import { IntegrationView } from "./_components/integration-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("integrationChecks"))("title") };
}

export default async function IntegrationPage() {
  // One after the other: who is refused stands in the log once.
  const data = await loadIntegration();
  return <IntegrationView data={data} campaigns={await loadCampaigns()} />;
}
