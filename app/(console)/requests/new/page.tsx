import "#components/requests/inbox.css";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { NewRequest } from "#components/requests/new-request.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { loadIntake } from "#lib/inbox/loaders.ts";
import { findRequestsAction, openRequestsAction } from "../actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("requests.new"))("title") };
}

type PageProps = { searchParams: Promise<{ person?: string | string[] }> };

export default async function NewRequestPage({ searchParams }: PageProps) {
  const { person } = await searchParams;
  const intake = await loadIntake(typeof person === "string" ? person : null);
  const t = await getTranslations("requests");
  return (
    <ClientMessages rooms={["requests", "errors"]}>
      <NewRequest
        {...intake}
        crumb={
          <Link href="/requests" prefetch={false}>
            {t("title")}
          </Link>
        }
        open={openRequestsAction}
        find={findRequestsAction}
      />
    </ClientMessages>
  );
}
