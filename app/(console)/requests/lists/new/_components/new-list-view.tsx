import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { NewListForm } from "#components/requests/new-list-form.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { openBatchAction } from "../../actions.ts";

/** Hands in a list of people who asked for the same. */
export function NewListView({ today }: { today: string }) {
  const t = useTranslations("batches.new");
  const rail = (
    <RailSection title={t("fileTitle")}>
      <ul className="todo">
        {(["columns", "writing", "limit", "twice"] as const).map((rule) => (
          <li key={rule}>
            <Icon of={ChevronRight} />
            <span>{t(`rules.${rule}`)}</span>
          </li>
        ))}
      </ul>
    </RailSection>
  );
  return (
    <ClientMessages rooms={["batches", "requests", "errors"]}>
      <Page railLabel={t("fileTitle")} rail={rail}>
        <PageHead
          crumb={
            <Link href="/requests" prefetch={false}>
              {t("requests")}
            </Link>
          }
          answer={t("answer")}
          lead={t("lead")}
        />
        <NewListForm today={today} act={openBatchAction} />
      </Page>
    </ClientMessages>
  );
}
