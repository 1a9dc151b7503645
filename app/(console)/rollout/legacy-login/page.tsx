import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadLegacyLogin } from "#lib/legacy-probe/loaders.ts";
import { LegacyLoginView } from "./_components/legacy-login-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("legacyLogin"))("title") };
}

export default async function LegacyLoginPage() {
  return <LegacyLoginView data={await loadLegacyLogin()} />;
}
