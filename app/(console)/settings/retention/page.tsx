import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadRetention } from "#lib/retention/loaders.ts";
import { RetentionView } from "./_components/retention-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("retention"))("title") };
}

export default async function RetentionPage() {
  return <RetentionView data={await loadRetention()} />;
}
