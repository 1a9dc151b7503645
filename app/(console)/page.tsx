import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadOverview } from "#lib/overview/loaders.ts";
import { loadRolloutCard } from "#lib/rollout-page/loaders.ts";
import { FiguresOverview } from "./_components/figures-overview.tsx";
import { FirstStart } from "./_components/first-start.tsx";
import { parseOverviewSearch } from "./search-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("overview"))("pageTitle") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OverviewPage({ searchParams }: PageProps) {
  const { span } = parseOverviewSearch(await searchParams);
  const overview = await loadOverview(span);
  if (overview.kind === "first_start") return <FirstStart {...overview} />;
  return <FiguresOverview {...overview} rollout={await loadRolloutCard()} />;
}
