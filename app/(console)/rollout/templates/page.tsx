import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadTemplates } from "#lib/templates/loaders.ts";
import { NoRollBack } from "./_components/no-roll-back.tsx";
import { TemplatesView } from "./_components/templates-view.tsx";
import { parseTemplatesSearch } from "./search-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates"))("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function TemplatesPage({ searchParams }: PageProps) {
  const data = await loadTemplates(parseTemplatesSearch(await searchParams));
  return data === null ? <NoRollBack /> : <TemplatesView data={data} />;
}
