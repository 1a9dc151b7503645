import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadHealth, loadStatusPage } from "#lib/health-page/loaders.ts";
import { HealthView } from "./_components/health-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("serviceHealth"))("title") };
}

export default async function ServiceHealthPage() {
  return <HealthView data={await loadHealth()} statusPage={loadStatusPage()} />;
}
