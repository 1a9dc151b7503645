import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadCampaigns } from "#lib/campaign-results/loaders.ts";
import { loadIntegration } from "#lib/integration-checks/loaders.ts";
import { IntegrationView } from "./_components/integration-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("integrationChecks"))("title") };
}

export default async function IntegrationPage() {
  const [data, campaigns] = await Promise.all([loadIntegration(), loadCampaigns()]);
  return <IntegrationView data={data} campaigns={campaigns} />;
}
