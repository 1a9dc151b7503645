import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadEarlyAdopters } from "#lib/early-adopters/loaders.ts";
import { EarlyAdoptersView } from "./_components/early-adopters-view.tsx";
import { parseCursor } from "./search-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("earlyAdopters"))("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function EarlyAdoptersPage({ searchParams }: PageProps) {
  return <EarlyAdoptersView {...(await loadEarlyAdopters(parseCursor(await searchParams)))} />;
}
