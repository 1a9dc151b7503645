import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { loadCampaign } from "#lib/campaign-results/loaders.ts";
import { parseCampaignSearch } from "../search-params.ts";
import { CampaignPageView } from "./_components/campaign-page-view.tsx";

type Context = {
  params: Promise<{ campaignId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("campaigns"))("title") };
}

export default async function CampaignPage({ params, searchParams }: Context) {
  const { campaignId } = await params;
  const { view } = parseCampaignSearch(await searchParams);
  const data = await loadCampaign(campaignId);
  if (data === null) notFound();
  return <CampaignPageView data={data} view={view} />;
}
