import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadPolicies } from "#lib/policies/loaders.ts";
import { PoliciesView } from "./_components/policies-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("policies"))("title") };
}

export default async function PoliciesPage() {
  return <PoliciesView data={await loadPolicies()} />;
}
