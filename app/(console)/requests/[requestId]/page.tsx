import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { loadRequest } from "#lib/request-page/loaders.ts";
import { RequestView } from "./_components/request-view.tsx";

/** The title names nobody: it stands in the browser's history. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("request"))("title") };
}

export default async function RequestPage({ params }: { params: Promise<{ requestId: string }> }) {
  const { requestId } = await params;
  const data = await loadRequest(requestId);
  if (data === null) notFound();
  return <RequestView data={data} />;
}
