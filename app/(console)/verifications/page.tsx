import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadViews } from "#lib/saved-views/loaders.ts";
import { loadVerifications } from "#lib/verifications/loaders.ts";
import { VerificationsView } from "./_components/verifications-view.tsx";
import { parseVerificationsSearch } from "./search-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("verifications"))("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function VerificationsPage({ searchParams }: PageProps) {
  const search = parseVerificationsSearch(await searchParams);
  const views = await loadViews(search.view);
  const view = views.open === "missing" ? null : views.open;
  const kept = search.opensView ? view?.values : null;
  const shown = kept ?? { ...search.filters, order: search.order };
  const { order, ...filters } = shown;
  const data = await loadVerifications(filters, { order, cursor: search.cursor });
  const place = { order, cursor: search.cursor, view: view?.id ?? null };
  return <VerificationsView place={place} data={data} views={{ ...views, shown }} />;
}
