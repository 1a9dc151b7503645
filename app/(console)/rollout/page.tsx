import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { loadRollout } from "#lib/rollout-page/loaders.ts";
import { RolloutView } from "./_components/rollout-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rollout"))("title") };
}

export default async function RolloutPage() {
  const data = await loadRollout();
  if (data === null) notFound();
  return <RolloutView data={data} />;
}
