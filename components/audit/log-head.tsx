import { TriangleAlert } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { Note } from "#components/ui/note.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { countVerified, isOfNothing } from "#lib/audit/rules.ts";
import type { LogFinding, LogVerification } from "#lib/audit/types.ts";
import type { LogState } from "#lib/audit-log/types.ts";
import { VerifyProgress } from "./verify-progress.tsx";

type LogHeadProps = { state: LogState; now: Date; acts: ReactNode };

/** How sure the log is: how many of its entries were verified, when, and what is wrong with the others. */
export function LogHead({ state, now, acts }: LogHeadProps) {
  const { sealed, open, finished } = state;
  const t = useTranslations("audit");
  if (open !== null) return <VerifyProgress open={open} acts={acts} />;
  const waits = <WaitingNote state={state} now={now} />;
  if (finished === null || isOfNothing(finished))
    return (
      <>
        <PageHead
          answer={t("answer.never", { count: sealed })}
          lead={t(sealed === 0 ? "lead.empty" : "lead.never")}
          acts={acts}
        />
        {waits}
      </>
    );
  const findings = finished.findings ?? [];
  const verified = countVerified(finished.treeSize, findings);
  return (
    <>
      <PageHead
        answer={t(
          findings.length > 0 && verified === finished.treeSize ? "answer.doubt" : "answer.verified",
          {
            verified,
            count: finished.treeSize,
          },
        )}
        lead={<Lead finished={finished} since={sealed - finished.treeSize} />}
        acts={acts}
      />
      {findings.length > 0 ? <Findings findings={findings} /> : null}
      {waits}
    </>
  );
}

function Lead({ finished, since }: { finished: LogVerification; since: number }) {
  const t = useTranslations("audit.lead");
  const format = useFormatter();
  const { finishedAt, findings } = finished;
  const time = format.dateTime(finishedAt ?? finished.startedAt, "minute");
  const isWell = (findings ?? []).length === 0;
  const first = isWell ? t("well", { time }) : t("wrong", { time });
  return since > 0 ? `${first} ${t("since", { count: since })}` : first;
}

/** What is wrong, the first entry first, and what to do before anything else. */
function Findings({ findings }: { findings: readonly LogFinding[] }) {
  const t = useTranslations("audit.finding");
  return (
    <Note tone="bad" role="alert">
      <b>
        <Icon of={TriangleAlert} size={14} /> {t("title")}
      </b>
      <ul className="findings">
        {findings.map(({ code, sequence, count }) => (
          <li key={code}>
            {t(code, { number: sequence ?? 0, count })}
            {count > 1 ? ` ${t("more", { count: count - 1 })}` : ""}
          </li>
        ))}
      </ul>
      <p>{t("what")}</p>
    </Note>
  );
}

/** An entry has its place within a second; after this it is an alarm. */
const LONGEST_WAIT_MS = 10_000;

function WaitingNote({ state: { waiting }, now }: { state: LogState; now: Date }) {
  const t = useTranslations("audit.waiting");
  const format = useFormatter();
  if (waiting === null || now.getTime() - waiting.since.getTime() < LONGEST_WAIT_MS) return null;
  return (
    <Note tone="warn">
      <b>{t("title", { count: waiting.count })}</b>{" "}
      {t("text", { time: format.dateTime(waiting.since, "minute") })}
    </Note>
  );
}
