import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadFallback } from "#lib/fallback-page/loaders.ts";
import { FallbackView } from "./_components/fallback-view.tsx";
import { parseFallbackSearch } from "./search-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("fallback"))("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function FallbackPage({ searchParams }: PageProps) {
  const search = parseFallbackSearch(await searchParams);
  return <FallbackView search={search} data={await loadFallback(search)} />;
}
