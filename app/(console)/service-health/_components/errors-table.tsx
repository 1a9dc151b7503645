import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";
import type { HealthData } from "#lib/health-page/loaders.ts";
import type { VerificationReason } from "#lib/logins/schema.ts";
import { parseVerificationsSearch, verificationsPath } from "../../verifications/search-params.ts";
import type { ViewProps } from "./health-view.tsx";

/** Every way in which a login's call of the API fails, in the order in which they are told where none happened. */
const REASONS = [
  "api_timed_out",
  "api_unreachable",
  "api_server_error",
  "api_rate_limited",
  "api_quota_exhausted",
  "api_unauthorized",
  "api_answer_unreadable",
  "api_refused",
  "api_circuit_open",
] as const satisfies readonly VerificationReason[];
type ErrorReason = (typeof REASONS)[number];

const pathOf = (reasons: readonly string[]): string => {
  const { filters } = parseVerificationsSearch({ reason: reasons.join(","), window: "24h" });
  return verificationsPath({ filters, order: "newest", cursor: null });
};

/** What failed in the last day, what to do about each, and who must. */
export function ErrorsTable({ data }: ViewProps) {
  const t = useTranslations("serviceHealth.errors");
  const format = useFormatter();
  const { errors, calls } = data;
  if (errors === null || errors.length === 0)
    return (
      <Section title={t("title")}>
        <p className="m">{t(errors === null ? "hidden" : calls === 0 ? "noCalls" : "none")}</p>
      </Section>
    );
  const failed = errors.reduce((sum, error) => sum + error.calls, 0);
  return (
    <Section
      title={t("title")}
      about={t("about", { failed: format.number(failed), calls: format.number(calls) })}
      end={
        <Link href={pathOf(errors.map(({ reason }) => reason))} prefetch={false}>
          {t("open")}
        </Link>
      }
    >
      <Rows errors={errors} />
    </Section>
  );
}

function Rows({ errors }: { errors: NonNullable<HealthData["errors"]> }) {
  const t = useTranslations("serviceHealth.errors");
  const terms = useTranslations("terms.verificationReason");
  const format = useFormatter();
  const absent = REASONS.filter((reason) => errors.every((error) => error.reason !== reason));
  return (
    <>
      <table className="tbl free">
        <thead>
          <tr>
            <th scope="col">{t("error")}</th>
            <th scope="col" className="num">
              {t("calls")}
            </th>
            <th scope="col" className="remedy">
              {t("remedy")}
            </th>
          </tr>
        </thead>
        <tbody>
          {errors.map(({ reason, calls }) => (
            <tr key={reason}>
              <th scope="row">
                <Link href={pathOf([reason])} prefetch={false}>
                  {terms(reason as ErrorReason)}
                </Link>
              </th>
              <td className="num">{format.number(calls)}</td>
              <td className="two-line remedy">
                {t(`do.${reason as ErrorReason}`)}
                <small>{t(`who.${reason as ErrorReason}`)}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {absent.length === 0 ? null : (
        <p className="small m foot">
          {t("absent", { names: format.list(absent.map((reason) => terms(reason))) })}
        </p>
      )}
    </>
  );
}
