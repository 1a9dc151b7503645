import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { loadIncident } from "#lib/incident-page/loaders.ts";
import { IncidentView } from "./_components/incident-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("incident"))("title") };
}

type PageProps = { params: Promise<{ incidentId: string }> };

export default async function IncidentPage({ params }: PageProps) {
  const data = await loadIncident((await params).incidentId);
  if (data === null) notFound();
  return <IncidentView data={data} />;
}
