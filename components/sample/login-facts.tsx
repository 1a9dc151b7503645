"use client";

import { useTranslations } from "next-intl";
import styles from "./sample.module.css";
import type { SampleView } from "./types.ts";
import { useReasonText } from "./use-reason-text.ts";

/** What the gateway said of the login when it opened it, and what it was told at the end. */
export function LoginFacts({ view }: { view: Pick<SampleView, "login" | "reported" | "purpose"> }) {
  const t = useTranslations("sample.dev");
  const reasonText = useReasonText();
  const { login, reported, purpose } = view;
  if (login === null && reported === null) return null;
  return (
    <dl className={`dl ${styles.facts}`}>
      {login === null ? null : (
        <>
          <dt>{t("login")}</dt>
          <dd className="mono" title={login.id}>
            {login.id.slice(0, 18)}…
          </dd>
          <dt>{t("purpose")}</dt>
          <dd className="mono">{purpose}</dd>
          <dt>{t("path")}</dt>
          <dd className="mono">{login.path}</dd>
          <dt>{t("reason")}</dt>
          <dd title={reasonText(login.reason)}>
            <span className="m">{reasonText(login.reason)}</span> <span className="mono">{login.reason}</span>
          </dd>
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
