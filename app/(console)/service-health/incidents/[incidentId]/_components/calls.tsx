import { useFormatter, useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";
import type { VerificationReason } from "#lib/logins/schema.ts";
import type { IncidentProps } from "./incident-view.tsx";

/** The calls that logins made while it lasted, and why those failed that failed. Other parts have none. */
export function Calls({ data: { calls } }: IncidentProps) {
  const t = useTranslations("incident.calls");
  const terms = useTranslations("terms.verificationReason");
  const format = useFormatter();
  if (calls === null) return null;
  const { all, failed } = calls;
  if (failed === null || failed.length === 0)
    return (
      <Section title={t("title")}>
        <p className="m">{t(failed === null ? "hidden" : all === 0 ? "noCalls" : "noneFailed", { all })}</p>
      </Section>
    );
  const sum = failed.reduce((count, one) => count + one.calls, 0);
  return (
    <Section title={t("title")} about={t("about", { failed: format.number(sum), all: format.number(all) })}>
      <table className="tbl free">
        <thead>
          <tr>
            <th scope="col">{t("error")}</th>
            <th scope="col" className="num">
              {t("count")}
            </th>
          </tr>
        </thead>
        <tbody>
          {failed.map(({ reason, calls: count }) => (
            <tr key={reason}>
              <th scope="row">{terms(reason as VerificationReason)}</th>
              <td className="num">{format.number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
