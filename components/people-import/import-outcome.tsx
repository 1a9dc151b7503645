import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { IMPORT_TROUBLES, type ImportReport, type LeftOut } from "#lib/people-import/types.ts";

/** Lines named of each reason; the file that is downloaded names all of them. */
const LINES_NAMED = 5;

/** What importing the file would do, or did: the counts, then why rows are left out. */
export function ImportOutcome({ report, isDone }: { report: ImportReport; isDone: boolean }) {
  const t = useTranslations("peopleImport");
  const { rows, imported, known, refused, leftOut } = report;
  return (
    <>
      <Note tone={imported === 0 ? "warn" : isDone ? "ok" : "go"} role="status">
        <b>{t(isDone ? "done" : "would", { count: imported, rows })}</b> {t("rest", { known, refused })}
        {isDone && imported > 0 ? ` ${t("unconfirmed")}` : null}
      </Note>
      {leftOut.length > 0 ? <LeftOutRows leftOut={leftOut} /> : null}
    </>
  );
}

function LeftOutRows({ leftOut }: { leftOut: readonly LeftOut[] }) {
  const t = useTranslations("peopleImport");
  const reasons = IMPORT_TROUBLES.map((trouble) => ({
    trouble,
    lines: leftOut.filter((row) => row.trouble === trouble).map(({ line }) => line),
  })).filter(({ lines }) => lines.length > 0);

  function download() {
    const lines = leftOut.map(
      ({ line, trouble }) => `${line},"${t(`leftOut.${trouble}`).replaceAll('"', '""')}"`,
    );
    const text = `\uFEFF${t("file.line")},${t("file.why")}\r\n${lines.join("\r\n")}\r\n`;
    const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = t("file.name");
    link.click();
    URL.revokeObjectURL(address);
  }

  return (
    <>
      <table className="tbl left-out">
        <caption className="vh">{t("leftOutTitle")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("reason")}</th>
            <th scope="col" className="num">
              {t("rows")}
            </th>
            <th scope="col">{t("lines")}</th>
          </tr>
        </thead>
        <tbody>
          {reasons.map(({ trouble, lines }) => (
            <tr key={trouble}>
              <td>{t(`leftOut.${trouble}`)}</td>
              <td className="num">{t("count", { count: lines.length })}</td>
              <td className="m2">
                {lines.slice(0, LINES_NAMED).join(", ")}
                {lines.length > LINES_NAMED ? " …" : ""}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="acts">
        <Button small icon={Download} onClick={download}>
          {t("download")}
        </Button>
      </div>
    </>
  );
}
