import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadInbox } from "#lib/inbox/loaders.ts";
import { InboxView } from "./_components/inbox-view.tsx";
import { parseInboxSearch } from "./search-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("requests"))("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function RequestsPage({ searchParams }: PageProps) {
  const place = parseInboxSearch(await searchParams);
  return <InboxView place={place} data={await loadInbox(place)} />;
}
