import { Download, ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { ExportDialog } from "#components/audit/export-dialog.tsx";
import { VerifyNow } from "#components/audit/verify-now.tsx";
import { LockedButton } from "#components/ui/button.tsx";
import type { AuditLogData } from "#lib/audit-log/loaders.ts";
import { isFiltered } from "#lib/audit-log/rules.ts";
import { openExportAction, verifyLogAction } from "../actions.ts";
import { type AuditSearch, auditPath } from "../search-params.ts";

/** Export and verify, or who may. */
export function AuditActs({ search, data }: { search: AuditSearch; data: AuditLogData }) {
  const t = useTranslations("audit");
  const { filters } = search;
  const inView = auditPath({
    filters,
    place: { order: "newest", cursor: null, unfold: [] },
    entry: null,
  });
  return (
    <>
      {data.mayExport ? (
        <ExportDialog
          search={inView.split("?")[1] ?? ""}
          isNarrowed={isFiltered(filters)}
          act={openExportAction}
        />
      ) : (
        <LockedButton id="export-locked" icon={Download} reason={t("export.locked")}>
          {t("export.open")}
        </LockedButton>
      )}
      {data.mayVerify ? (
        <VerifyNow isUnderWay={data.state.open !== null} act={verifyLogAction} />
      ) : (
        <LockedButton id="verify-locked" icon={ShieldCheck} reason={t("verify.locked")}>
          {t("verify.do")}
        </LockedButton>
      )}
    </>
  );
}
