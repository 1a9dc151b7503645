import { useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";
import { CONSOLE_LIMITS, IMPORT_COLUMNS } from "#lib/people-import/types.ts";

/** What the file looks like, column by column, and where one goes that is too large for here. */
export function FileFormat() {
  const t = useTranslations("peopleImport");
  return (
    <Section title={t("format.title")} about={t("format.about")}>
      <table className="tbl">
        <thead>
          <tr>
            <th scope="col">{t("format.column")}</th>
            <th scope="col">{t("format.what")}</th>
            <th scope="col">{t("format.example")}</th>
          </tr>
        </thead>
        <tbody>
          {IMPORT_COLUMNS.map((column) => (
            <tr key={column}>
              <th scope="row">{t(`columns.${column}`)}</th>
              <td>{t(`format.${column}`)}</td>
              <td className="mono" translate="no">
                {t(`format.examples.${column}`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small m">
        {t.rich("format.large", {
          rows: CONSOLE_LIMITS.maxRows,
          megabytes: CONSOLE_LIMITS.maxBytes / 1024 / 1024,
          code: (text) => <code>{text}</code>,
        })}
      </p>
    </Section>
  );
}
