"use client";

import { Ban, Check, CloudOff, KeyRound, type LucideIcon, Minus, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Guidance } from "#components/capture/types.ts";
import { Status, type StatusKind } from "#components/ui/status.tsx";
import type { FeedbackCode } from "#lib/feedback/schema.ts";
import type { Decision } from "#lib/logins/schema.ts";
import { AnswerList } from "./answer-list.tsx";
import type { AnswerText } from "./answers.ts";
import { LoginFacts } from "./login-facts.tsx";
import styles from "./sample.module.css";
import type { SampleView, Try } from "./types.ts";
import { useReasonText } from "./use-reason-text.ts";

const DECISIONS: Record<Decision, { kind: StatusKind; icon: LucideIcon }> = {
  approved: { kind: "ok", icon: Check },
  rejected: { kind: "fail", icon: Ban },
  retry_capture: { kind: "due", icon: RotateCcw },
  use_legacy: { kind: "none", icon: KeyRound },
};

type DeveloperPanelProps = {
  view: SampleView;
  /** The gateway's own texts. */
  texts: readonly AnswerText[];
  /** What the camera waits for; null where none runs. */
  guidance: Guidance | null;
  onShow(code: FeedbackCode | null): void;
};

/** What the gateway answered, for whoever builds the same. Members would not see it. */
export function DeveloperPanel({ view, texts, guidance, onShow }: DeveloperPanelProps) {
  const t = useTranslations("sample.dev");
  const capturing = view.step.at === "login";
  return (
    <aside className="phone dev" aria-label={t("label")}>
      <p className="tiny m">{t("label")}</p>
      <h2 className={styles.panelTitle}>{t("title")}</h2>
      <table className="tbl">
        <thead>
          <tr>
            <th scope="col">{t("try")}</th>
            <th scope="col">{t("answer")}</th>
            <th scope="col">{t("feedback")}</th>
            <th scope="col" className="num">
              ms
            </th>
          </tr>
        </thead>
        <tbody>
          {view.tries.map((made, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: tries are only ever added at the end
            <TryRow key={at} number={at + 1} made={made} />
          ))}
          {capturing || view.tries.length === 0 ? (
            <tr>
              <td>{view.tries.length + 1}</td>
              <td>
                <Status kind="none" quiet icon={Minus}>
                  {t("notSent")}
                </Status>
              </td>
              <td className="m">{capturing && guidance !== null ? t(`waits.${guidance}`) : "–"}</td>
              <td className="num m">–</td>
            </tr>
          ) : null}
        </tbody>
      </table>
      <LoginFacts view={view} />
      <Exchanges exchanges={view.exchanges} />
      <AnswerList texts={texts} shown={view.shown} onShow={onShow} />
    </aside>
  );
}

function TryRow({ number, made }: { number: number; made: Try }) {
  const t = useTranslations("sample.dev");
  const reasonText = useReasonText();
  return (
    <tr>
      <td>{number}</td>
      <td>
        {made.decision === null ? (
          <Status kind="none" icon={CloudOff}>
            {t("noAnswer")}
          </Status>
        ) : (
          <Status {...DECISIONS[made.decision]}>{made.decision}</Status>
        )}
        {made.reason === null ? null : <div className="small m">{reasonText(made.reason)}</div>}
      </td>
      <td className="mono">{made.feedbackCode ?? "–"}</td>
      <td className="num">{made.latencyMs ?? "–"}</td>
    </tr>
  );
}

function Exchanges({ exchanges }: Pick<SampleView, "exchanges">) {
  const t = useTranslations("sample.dev");
  if (exchanges.length === 0) return null;
  return (
    <>
      <h2 className={styles.panelTitle}>{t("calls")}</h2>
      <ul className={styles.calls}>
        {exchanges.slice(-6).map((exchange, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list holds nothing that could be confused
          <li key={at}>
            <span className="mono small">{exchange.call}</span>
            <span className="mono small m">{exchange.problemCode ?? exchange.status ?? t("noAnswer")}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
