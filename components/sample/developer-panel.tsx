"use client";

import {
  Ban,
  Check,
  CloudOff,
  KeyRound,
  type LucideIcon,
  Minus,
  Moon,
  Move,
  RotateCcw,
  Users,
  UserX,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { Status, type StatusKind } from "#components/ui/status.tsx";
import type { Decision } from "#lib/logins/schema.ts";
import type { SampleFeedback } from "#lib/sample/types.ts";
import styles from "./sample.module.css";
import type { SampleView, Try } from "./types.ts";

const DECISIONS: Record<Decision, { kind: StatusKind; icon: LucideIcon }> = {
  approved: { kind: "ok", icon: Check },
  rejected: { kind: "fail", icon: Ban },
  retry_capture: { kind: "due", icon: RotateCcw },
  use_legacy: { kind: "none", icon: KeyRound },
};

/** The answers whose texts are listed, with how each is drawn. */
const LISTED = [
  { name: "approved", kind: "ok", icon: Check, code: "welcome" },
  { name: "dark", kind: "due", icon: Moon, code: "too_dark" },
  { name: "far", kind: "due", icon: Move, code: "come_closer" },
  { name: "several", kind: "due", icon: Users, code: "several_faces" },
  { name: "other", kind: "fail", icon: UserX, code: "not_matched" },
  { name: "away", kind: "none", icon: CloudOff, code: "use_password_this_time" },
] as const satisfies readonly { name: string; kind: StatusKind; icon: LucideIcon; code: string }[];

type DeveloperPanelProps = {
  view: Pick<SampleView, "login" | "tries" | "exchanges" | "reported" | "step">;
  /** The gateway's own texts in the language of the page. */
  texts: readonly SampleFeedback[];
};

/** What the gateway answered, for whoever builds the same. Members would not see it. */
export function DeveloperPanel({ view, texts }: DeveloperPanelProps) {
  const t = useTranslations("sample.dev");
  const textOf = (code: string) => texts.find((text) => text.code === code)?.text ?? code;
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
          {view.step.at === "login" || view.tries.length === 0 ? (
            <tr>
              <td>{view.tries.length + 1}</td>
              <td>
                <Status kind="none" quiet icon={Minus}>
                  {t("notSent")}
                </Status>
              </td>
              <td className="m">–</td>
              <td className="num m">–</td>
            </tr>
          ) : null}
        </tbody>
      </table>
      <LoginFacts view={view} />
      {view.exchanges.length > 0 ? (
        <>
          <h2 className={styles.panelTitle}>{t("calls")}</h2>
          <ul className={styles.calls}>
            {view.exchanges.slice(-6).map((exchange, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list holds nothing that could be confused
              <li key={at}>
                <span className="mono small">{exchange.call}</span>
                <span className="mono small m">
                  {exchange.problemCode ?? exchange.status ?? t("noAnswer")}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <h2 className={styles.panelTitle}>{t("answers")}</h2>
      <ul className={styles.answers}>
        {LISTED.map(({ name, kind, icon, code }) => (
          <li key={name}>
            <Status kind={kind} icon={icon}>
              {t(`listed.${name}`)}
            </Status>{" "}
            <span className="m">“{textOf(code)}”</span>
          </li>
        ))}
      </ul>
    </aside>
  );
}

function TryRow({ number, made }: { number: number; made: Try }) {
  const t = useTranslations("sample.dev");
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
      </td>
      <td className="mono">{made.feedbackCode ?? "–"}</td>
      <td className="num">{made.latencyMs ?? "–"}</td>
    </tr>
  );
}

function LoginFacts({ view }: Pick<DeveloperPanelProps, "view">) {
  const t = useTranslations("sample.dev");
  const { login, reported } = view;
  if (login === null && reported === null) return null;
  return (
    <dl className={`dl ${styles.facts}`}>
      {login === null ? null : (
        <>
          <dt>{t("login")}</dt>
          <dd className="mono" title={login.id}>
            {login.id.slice(0, 18)}…
          </dd>
          <dt>{t("path")}</dt>
          <dd className="mono">{login.path}</dd>
          <dt>{t("reason")}</dt>
          <dd className="mono">{login.reason}</dd>
          <dt>{t("left")}</dt>
          <dd>{login.attemptsLeft}</dd>
          <dt>{t("then")}</dt>
          <dd className="mono">use_legacy</dd>
        </>
      )}
      {reported === null ? null : (
        <>
          <dt>{t("reported")}</dt>
          <dd className="mono">{reported.heard ? reported.reason : t("unheard")}</dd>
        </>
      )}
    </dl>
  );
}
