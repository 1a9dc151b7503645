import { Download, Radio } from "lucide-react";
import { useTranslations } from "next-intl";
import { ExportAct } from "#components/history-exports/export-act.tsx";
import { LiveButton } from "#components/live-tail/live-button.tsx";
import { LockedButton } from "#components/ui/button.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import type { VerificationsData } from "#lib/verifications/loaders.ts";
import { cancelExportAction, openExportAction } from "../exports/actions.ts";
import { verificationsPath } from "../search-params.ts";

type ListActsProps = {
  data: VerificationsData;
  /** How many pass the filters. */
  total: number;
  /** What comes in now belongs to the top of the page in view. */
  canBeLive: boolean;
};

/** What can be done with the list in view: watch it, take it out, or who may. */
export function ListActs({ data, total, canBeLive }: ListActsProps) {
  return (
    <>
      <Live canBeLive={canBeLive} showsRows={data.page !== null} />
      <Export data={data} total={total} />
    </>
  );
}

function Live({ canBeLive, showsRows }: { canBeLive: boolean; showsRows: boolean }) {
  const t = useTranslations("liveTail");
  if (!canBeLive)
    return (
      <LockedButton id="live-locked" icon={Radio} reason={t(showsRows ? "locked" : "lockedFigures")}>
        {t("live")}
      </LockedButton>
    );
  return (
    <ClientMessages rooms={["liveTail"]}>
      <LiveButton />
    </ClientMessages>
  );
}

function Export({ data: { filters, mayTakeOut }, total }: Omit<ListActsProps, "canBeLive">) {
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
