import { useTranslations } from "next-intl";
import { Note } from "#components/ui/note.tsx";
import { IMPORT_TROUBLES, type ImportReport } from "#lib/people-import/types.ts";
import { LeftOutLines } from "./left-out-lines.tsx";

/** What importing the file would do, or did: the counts, then why rows are left out. */
export function ImportOutcome({ report, isDone }: { report: ImportReport; isDone: boolean }) {
  const t = useTranslations("peopleImport");
  const { rows, imported, known, refused, leftOut } = report;
  const reasons = IMPORT_TROUBLES.map((trouble) => {
    const lines = leftOut.filter((row) => row.trouble === trouble).map(({ line }) => line);
    return { text: t(`leftOut.${trouble}`), count: lines.length, lines };
  }).filter(({ count }) => count > 0);
  return (
    <>
      <Note tone={imported === 0 ? "warn" : isDone ? "ok" : "go"} role="status">
        <b>{t(isDone ? "done" : "would", { count: imported, rows })}</b> {t("rest", { known, refused })}
        {isDone && imported > 0 ? ` ${t("unconfirmed")}` : null}
      </Note>
      {reasons.length > 0 ? <LeftOutLines reasons={reasons} /> : null}
    </>
  );
}
