import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadNewBatch } from "#lib/request-batches/loaders.ts";
import { NewListView } from "./_components/new-list-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("batches"))("new.title") };
}

export default async function NewListPage() {
  return <NewListView {...(await loadNewBatch())} />;
}
