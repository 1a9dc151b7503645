import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Page } from "#components/layout/page.tsx";
import { FileFormat } from "#components/people-import/file-format.tsx";
import { ImportPeople } from "#components/people-import/import-people.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { loadImport } from "#lib/people-import/loaders.ts";
import { examineImportAction, importPeopleAction } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("peopleImport"))("title") };
}

export default async function ImportPeoplePage() {
  await loadImport();
  const t = await getTranslations("peopleImport");
  return (
    <Page>
      <PageHead crumb={<Link href="/people">{t("people")}</Link>} answer={t("title")} lead={t("lead")} />
      <ClientMessages rooms={["peopleImport", "errors"]}>
        <ImportPeople examine={examineImportAction} run={importPeopleAction} />
      </ClientMessages>
      <FileFormat />
    </Page>
  );
}
