import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadVerifications } from "#lib/verifications/loaders.ts";
import { parseVerificationsSearch } from "../search-params.ts";
import { VerificationsView } from "./_components/verifications-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("verifications"))("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function VerificationsPage({ searchParams }: PageProps) {
  const { filters, order, cursor } = parseVerificationsSearch(await searchParams);
  const data = await loadVerifications(filters, { order, cursor });
  return <VerificationsView place={{ order, cursor }} data={data} />;
}
