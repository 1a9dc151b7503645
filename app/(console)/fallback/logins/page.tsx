import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadLogins } from "#lib/login-ends/loaders.ts";
import { LoginsView } from "./_components/logins-view.tsx";
import { parseLoginsSearch } from "./search-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("fallback"))("logins.title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LoginsPage({ searchParams }: PageProps) {
  const search = parseLoginsSearch(await searchParams, new Date());
  return <LoginsView search={search} data={await loadLogins(search.asked, search)} />;
}
