import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";

/** Lines named of each reason; the file that is downloaded names all of them. */
const LINES_NAMED = 5;

/** Why rows of a file are left out, how many for it, and in which of its lines they stand, as far as those are known. */
export type LeftOutReason = { text: string; count: number; lines: number[] };

/** The rows of a file that are left out, by reason, with their lines; as a file too. */
export function LeftOutLines({ reasons }: { reasons: readonly LeftOutReason[] }) {
  const t = useTranslations("peopleImport");

  function download() {
    const lines = reasons
      .flatMap(({ text, lines: own }) => own.map((line) => ({ line, text })))
      .sort((a, b) => a.line - b.line)
      .map(({ line, text }) => `${line},"${text.replaceAll('"', '""')}"`);
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
          {reasons.map(({ text, count, lines }) => (
            <tr key={text}>
              <td>{text}</td>
              <td className="num">{t("count", { count })}</td>
              <td className="m2">
                {lines.slice(0, LINES_NAMED).join(", ")}
                {count > LINES_NAMED ? " …" : ""}
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
