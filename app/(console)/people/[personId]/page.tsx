import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { loadPerson } from "#lib/people/loaders.ts";
import { PersonView } from "./_components/person-view.tsx";
import { timelineSchema } from "./search-params.ts";

/** The title names nobody: it stands in the browser's history. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("title") };
}

type PageProps = {
  params: Promise<{ personId: string }>;
  searchParams: Promise<{ [name: string]: string | string[] | undefined }>;
};

export default async function PersonPage({ params, searchParams }: PageProps) {
  const { personId } = await params;
  const { show, before } = timelineSchema.parse(await searchParams);
  const data = await loadPerson(personId, { kind: show, before });
  if (data === null) notFound();
  return <PersonView data={data} kind={show} isContinued={before !== null} />;
}
