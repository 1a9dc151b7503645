"use client";

import { ChevronDown, ChevronRight, GitCompareArrows } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Fragment, useState } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { Status } from "#components/ui/status.tsx";
import type { CheckId, ShownExchange, Verdict } from "#lib/contract-checks/types.ts";
import type { ResultRow, ShownCheck } from "#lib/integration-checks/types.ts";
import styles from "./checks-table.module.css";

type ChecksTableProps = {
  checks: readonly ShownCheck[];
  /** The run goes on: what is missing is still to come. */
  isOpen: boolean;
};

const isPassing = ({ result }: ShownCheck): boolean => result?.verdict === "pass";

/** The checks of a run in a list; a row opens to what was sent, what came back and what it means. */
export function ChecksTable({ checks, isOpen }: ChecksTableProps) {
  const t = useTranslations("integrationChecks");
  const [notPassing, setNotPassing] = useState(false);
  const [opened, setOpened] = useState<ReadonlySet<CheckId>>(new Set());
  const others = checks.filter((check) => !isPassing(check));
  const shown = notPassing ? others : checks;
  const toggle = (id: CheckId) =>
    setOpened((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's */}
      <div className={styles.filter} role="group" aria-label={t("filter.label")}>
        <button
          type="button"
          className="link"
          aria-pressed={!notPassing}
          onClick={() => setNotPassing(false)}
        >
          {t("filter.all", { count: checks.length })}
        </button>
        <button type="button" className="link" aria-pressed={notPassing} onClick={() => setNotPassing(true)}>
          {t("filter.notPassing", { count: others.length })}
        </button>
      </div>
      <table className="tbl list stack" aria-label={t("checks.title")}>
        <thead>
          <tr>
            <th scope="col">{t("columns.check")}</th>
            <th scope="col">{t("columns.request")}</th>
            <th scope="col">{t("columns.answer")}</th>
            <th scope="col" className="num">
              {t("columns.ms")}
            </th>
            <th scope="col">{t("columns.verdict")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((check) => (
            <CheckRow
              key={check.id}
              check={check}
              isPending={isOpen}
              isOpened={opened.has(check.id)}
              onToggle={() => toggle(check.id)}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

type CheckRowProps = { check: ShownCheck; isPending: boolean; isOpened: boolean; onToggle(): void };

function CheckRow({ check, isPending, isOpened, onToggle }: CheckRowProps) {
  const t = useTranslations("integrationChecks");
  const format = useFormatter();
  const { id, call, result } = check;
  const detailId = `check-${id}`;
  return (
    <Fragment>
      <tr className={isOpened ? "sel" : undefined}>
        <td className="full">
          <button
            type="button"
            className={styles.opener}
            aria-expanded={isOpened}
            aria-controls={isOpened ? detailId : undefined}
            onClick={onToggle}
          >
            <Icon of={isOpened ? ChevronDown : ChevronRight} size={12} />
            {t(`check.${id}`)}
          </button>
        </td>
        <td className="mono m2 nw">{call}</td>
        <td className="m2 full">
          <Said result={result} />
        </td>
        <td className="num m">{result?.tookMs == null ? "" : format.number(result.tookMs)}</td>
        <td className="nw">
          <VerdictStatus verdict={result?.verdict ?? null} isPending={isPending} isMade={result !== null} />
        </td>
      </tr>
      {isOpened ? (
        <tr className="open" id={detailId}>
          <td colSpan={5} className="full">
            <CheckDetail result={result} isPending={isPending} />
          </td>
        </tr>
      ) : null}
    </Fragment>
  );
}

/** The answer that decided it, in a few words. */
function Said({ result }: { result: ResultRow | null }) {
  const t = useTranslations("integrationChecks");
  const decisive = result?.decisive == null ? undefined : result.exchanges[result.decisive];
  if (decisive === undefined) return null;
  const { status, message } = decisive;
  if (status === null) return t("said.none");
  return message === null
    ? t("said.status", { status: String(status) })
    : t("said.message", { status: String(status), message: firstSentenceOf(message) });
}

/** What a gateway says after its first sentence is advice. */
const firstSentenceOf = (message: string): string => (message.split(/\. /)[0] ?? "").slice(0, 80);

function VerdictStatus(props: { verdict: Verdict | null; isPending: boolean; isMade: boolean }) {
  const t = useTranslations("integrationChecks");
  const { verdict, isPending, isMade } = props;
  switch (verdict) {
    case "pass":
      return (
        <Status kind="ok" quiet>
          {t("verdict.pass")}
        </Status>
      );
    case "differs":
      return (
        <Status kind="due" icon={GitCompareArrows}>
          {t("verdict.differs")}
        </Status>
      );
    case "fail":
      return <Status kind="fail">{t("verdict.fail")}</Status>;
    case "not_in_plan":
    case "not_tried":
      return <Status kind="none">{t(`verdict.${verdict}`)}</Status>;
    default:
      return (
        <Status kind="open">
          {t(isPending ? (isMade ? "verdict.running" : "verdict.waits") : "verdict.not_made")}
        </Status>
      );
  }
}

function CheckDetail({ result, isPending }: { result: ResultRow | null; isPending: boolean }) {
  const t = useTranslations("integrationChecks");
  if (result === null || result.verdict === null)
    return <p className="m2">{t(isPending ? "detail.waits" : "detail.notMade")}</p>;
  const { verdict, findings, exchanges } = result;
  return (
    <>
      {exchanges.map((exchange, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the calls of a check that was made never change
        <Exchange key={place} exchange={exchange} />
      ))}
      {findings.map((finding) => (
        <p key={finding} className={styles.finding}>
          {verdict === "differs" ? <b className="med">{t("detail.handled")} </b> : null}
          {verdict === "fail" ? <b className="med">{t("detail.toDo")} </b> : null}
          <span className="m2">{t(`finding.${finding}`)}</span>
        </p>
      ))}
    </>
  );
}

function Exchange({ exchange }: { exchange: ShownExchange }) {
  const t = useTranslations("integrationChecks");
  const { call, request, status, contentType, answer, tookMs } = exchange;
  return (
    <div className={styles.exchange}>
      <div>
        <p className="small m">{t("detail.request", { call })}</p>
        <pre className="code">{request}</pre>
      </div>
      <div>
        <p className="small m">
          {status === null
            ? t("detail.noAnswer", { ms: tookMs })
            : t("detail.answer", { status: String(status), type: contentType ?? "–", ms: tookMs })}
        </p>
        <pre className="code">{answer === "" ? "–" : answer}</pre>
      </div>
    </div>
  );
}
