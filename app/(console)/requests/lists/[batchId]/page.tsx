import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { loadBatch } from "#lib/request-batches/loaders.ts";
import { BatchView } from "./_components/batch-view.tsx";
import { parseBatchSearch } from "./search-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("batches"))("title") };
}

type PageProps = {
  params: Promise<{ batchId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function BatchPage({ params, searchParams }: PageProps) {
  const { batchId } = await params;
  const data = await loadBatch(batchId, parseBatchSearch(await searchParams));
  if (data === null) notFound();
  return <BatchView data={data} />;
}
