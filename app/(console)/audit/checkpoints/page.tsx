import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { loadCheckpoints } from "#lib/audit-log/loaders.ts";
import { CheckpointsView } from "./_components/checkpoints-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit.checkpoints"))("title") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The page begins before the checkpoint of this size. */
const beforeSchema = z.object({ before: z.coerce.number().int().positive().nullable().catch(null) });

export default async function CheckpointsPage({ searchParams }: PageProps) {
  const { before } = beforeSchema.parse(await searchParams);
  return <CheckpointsView data={await loadCheckpoints(before)} isContinued={before !== null} />;
}
