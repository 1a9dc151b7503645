import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadVerifications } from "#lib/verifications/loaders.ts";
import { VerificationsView } from "./_components/verifications-view.tsx";
import { parseVerificationsSearch } from "./search-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("verifications"))("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function VerificationsPage({ searchParams }: PageProps) {
  const search = parseVerificationsSearch(await searchParams);
  const data = await loadVerifications(search.filters, search);
  return <VerificationsView search={search} data={data} />;
}
