import { useTranslations } from "next-intl";
import { Note } from "#components/ui/note.tsx";
import { CONSOLE_LIMITS, type ImportAnswer } from "#lib/people-import/types.ts";

/** Why the file cannot be read, and what to do about it. */
export function FileTrouble({ trouble: found }: { trouble: Extract<ImportAnswer, { ok: false }> }) {
  const t = useTranslations("peopleImport");
  return (
    <Note tone="bad" role="alert">
      {found.trouble === "columns_missing"
        ? t("trouble.columns_missing", {
            columns: found.columns.map((column) => t(`columns.${column}`)).join(", "),
          })
        : t(`trouble.${found.trouble}`, {
            line: found.line ?? 0,
            rows: CONSOLE_LIMITS.maxRows,
            megabytes: CONSOLE_LIMITS.maxBytes / 1024 / 1024,
          })}
    </Note>
  );
}
