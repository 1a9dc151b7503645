import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadOverview } from "#lib/overview/loaders.ts";
import { FiguresOverview } from "./_components/figures-overview.tsx";
import { FirstStart } from "./_components/first-start.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("overview"))("pageTitle") };
}

export default async function OverviewPage() {
  const overview = await loadOverview();
  return overview.kind === "first_start" ? <FirstStart {...overview} /> : <FiguresOverview {...overview} />;
}
