import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { ExportAct } from "#components/history-exports/export-act.tsx";
import { LockedButton } from "#components/ui/button.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import type { VerificationsData } from "#lib/verifications/loaders.ts";
import { cancelExportAction, openExportAction } from "../../exports/actions.ts";
import { verificationsPath } from "../../search-params.ts";

type ListActsProps = {
  data: VerificationsData;
  /** How many pass the filters. */
  total: number;
};

/** What can be done with the list in view: take it out, or who may. */
export function ListActs({ data: { filters, mayTakeOut }, total }: ListActsProps) {
  const t = useTranslations("historyExports");
  if (mayTakeOut.length === 0 || total === 0)
    return (
      <LockedButton id="export-locked" icon={Download} reason={t(total === 0 ? "nothing" : "locked")}>
        {t("open")}
      </LockedButton>
    );
  const search = verificationsPath({ filters, order: "newest", cursor: null }).split("?")[1] ?? "";
  return (
    <ClientMessages rooms={["historyExports", "errors"]}>
      <ExportAct
        search={search}
        total={total}
        choices={mayTakeOut}
        open={openExportAction}
        cancel={cancelExportAction}
      />
    </ClientMessages>
  );
}
