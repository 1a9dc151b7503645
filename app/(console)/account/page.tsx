import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadAccount } from "#lib/auth/loaders.ts";
import { AccountView } from "./_components/account-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("pageTitle") };
}

export default async function AccountPage() {
  return <AccountView data={await loadAccount()} />;
}
