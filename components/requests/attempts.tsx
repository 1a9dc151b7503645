import { useFormatter, useTranslations } from "next-intl";
import { shortHash } from "#components/audit/short.ts";
import { Section } from "#components/ui/section.tsx";
import { Status, type StatusKind } from "#components/ui/status.tsx";
import type { AttemptLine } from "#lib/request-page/types.ts";

const KINDS: Record<AttemptLine["state"], StatusKind> = {
  intended: "open",
  done: "ok",
  refused: "fail",
  unknown: "unknown",
};

/** What was done at the API, as it answered: probes are told apart, an answer stands as its digest alone. */
export function Attempts({ attempts }: { attempts: readonly AttemptLine[] }) {
  const t = useTranslations("request.attempts");
  const format = useFormatter();
  if (attempts.length === 0) return null;
  return (
    <Section title={t("title")} about={t("about")}>
      <table className="tbl free tight stack">
        <thead>
          <tr>
            <th scope="col">{t("step")}</th>
            <th scope="col">{t("result")}</th>
            <th scope="col" className="num">
              {t("status")}
            </th>
            <th scope="col">{t("answer")}</th>
            <th scope="col">{t("when")}</th>
          </tr>
        </thead>
        <tbody>
          {attempts.map(({ id, kind, state, code, apiStatus, answerSha256, at }) => (
            <tr key={id}>
              <td className="full">{t(`kind.${kind}`)}</td>
              <td className="nw">
                <Status kind={KINDS[state]} quiet>
                  {t(`state.${state}`)}
                </Status>
                {code === null || code === "ok" ? null : <span className="mono m small"> {code}</span>}
              </td>
              <td className="num">{apiStatus ?? "–"}</td>
              <td className="mono m hide-s" title={answerSha256 ?? undefined}>
                {answerSha256 === null ? "–" : shortHash(answerSha256)}
              </td>
              <td className="m nw">
                <time dateTime={at.toISOString()} title={format.dateTime(at, "exact")}>
                  {format.dateTime(at, "minute")}
                </time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
