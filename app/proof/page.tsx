import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireViewer } from "#lib/auth/viewer.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import { ProofWindow } from "./_components/proof-window.tsx";
import { parseProofSearch } from "./search-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("proof.window"))("pageTitle") };
}

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ProofPage({ searchParams }: PageProps) {
  await requireViewer("account.read");
  const search = parseProofSearch(await searchParams);
  return <ProofWindow {...search} name={consoleSettings().oidc?.name ?? null} />;
}
