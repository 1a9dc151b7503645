import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { shortHash } from "#components/audit/short.ts";
import { Section } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import { countVerified, isOfNothing } from "#lib/audit/rules.ts";
import { isAuditAction } from "#lib/audit-log/rules.ts";
import type { RequestPageData } from "#lib/request-page/types.ts";

/** What the audit log holds about the request, each entry with its place and leaf, and how sure the log is. */
export function Evidence({ data, verify }: { data: RequestPageData; verify: ReactNode }) {
  const t = useTranslations("request.evidence");
  const acts = useTranslations("audit.act");
  const people = useTranslations("request.people");
  const format = useFormatter();
  const { evidence, names, newestCheckpoint } = data;
  return (
    <Section
      title={t("title")}
      about={t("about", { count: evidence.length })}
      end={
        <>
          <Sureness data={data} /> {verify}
        </>
      }
    >
      <table className="tbl free tight stack">
        <tbody>
          {evidence.map(({ id, at, action, sequence, leaf, actorId }) => (
            <tr key={id}>
              <td className="m num" style={{ width: 64 }}>
                {sequence === null ? t("waiting") : format.number(sequence)}
              </td>
              <td className="m nw" style={{ width: 120 }}>
                <time dateTime={at.toISOString()} title={format.dateTime(at, "exact")}>
                  {format.dateTime(at, "minute")}
                </time>
              </td>
              <td className="full">{isAuditAction(action) ? acts(action) : action}</td>
              <td className="m2 nw">
                {actorId === null ? people("system") : (names.members[actorId] ?? "–")}
              </td>
              <td className="mono m hide-s r nw" title={leaf ?? undefined}>
                {leaf === null ? "" : shortHash(leaf)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small m">
        {newestCheckpoint === null
          ? t("noteNone")
          : t("note", { at: format.dateTime(newestCheckpoint.signedAt, "minute") })}
      </p>
    </Section>
  );
}

function Sureness({ data: { log } }: { data: RequestPageData }) {
  const t = useTranslations("request.evidence");
  const format = useFormatter();
  const { open, finished } = log;
  if (open !== null) return <Status kind="open">{t("underWay")}</Status>;
  if (finished === null || isOfNothing(finished)) return <Status kind="none">{t("never")}</Status>;
  const verified = countVerified(finished.treeSize, finished.findings ?? []);
  const values = { verified, count: finished.treeSize };
  if ((finished.findings ?? []).length > 0) return <Status kind="fail">{t("wrong", values)}</Status>;
  return (
    <Status kind="ok" quiet>
      {t("verified", { ...values, at: format.dateTime(finished.finishedAt ?? finished.startedAt, "minute") })}
    </Status>
  );
}
