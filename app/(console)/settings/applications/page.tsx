import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadApplications } from "#lib/applications/loaders.ts";
import { ApplicationsView } from "./_components/applications-view.tsx";
import { selectedSchema } from "./search-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("applications"))("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ApplicationsPage({ searchParams }: PageProps) {
  const { application } = selectedSchema.parse(await searchParams);
  return <ApplicationsView data={await loadApplications(application)} />;
}
