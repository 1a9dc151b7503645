import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import { formatLatency } from "#lib/format/numbers.ts";
import type { Trial } from "#lib/legacy-probe/types.ts";

/** The last trials, newest first: when, whether the login worked, and where not, why and what to do. */
export function TrialsTable({ trials }: { trials: readonly Trial[] }) {
  const t = useTranslations("legacyLogin");
  const format = useFormatter();
  const locale = useLocale();
  return (
    <Section title={t("trials.title")} about={t("trials.about", { count: trials.length })}>
      <table className="tbl free stack" aria-label={t("trials.title")}>
        <thead>
          <tr>
            <th scope="col">{t("trials.when")}</th>
            <th scope="col">{t("trials.result")}</th>
            <th scope="col" className="num">
              {t("trials.took")}
            </th>
          </tr>
        </thead>
        <tbody>
          {trials.map(({ id, at, trouble, status, tookMs }) => (
            <tr key={id}>
              <td className="m2 nw">
                <time dateTime={at.toISOString()} title={format.dateTime(at, "exact")}>
                  {format.dateTime(at, "minute")}
                </time>
              </td>
              <td className="two-line full">
                {trouble === null ? (
                  <Status kind="ok" quiet>
                    {t("worked", { status: status ?? 0 })}
                  </Status>
                ) : (
                  <>
                    <Status kind="fail">{t(`trouble.${trouble}`, { status: status ?? 0 })}</Status>
                    <small>{t(`remedy.${trouble}`)}</small>
                  </>
                )}
              </td>
              <td className="num end-s">{formatLatency(tookMs, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
