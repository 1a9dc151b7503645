import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadAuditLog } from "#lib/audit-log/loaders.ts";
import { AuditView } from "./_components/audit-view.tsx";
import { parseAuditSearch } from "./search-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AuditPage({ searchParams }: PageProps) {
  const search = parseAuditSearch(await searchParams);
  return <AuditView search={search} data={await loadAuditLog(search.filters, search.place, search.entry)} />;
}
