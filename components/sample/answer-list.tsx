"use client";

import { useTranslations } from "next-intl";
import { Status } from "#components/ui/status.tsx";
import type { FeedbackCode } from "#lib/feedback/schema.ts";
import { ANSWERS, type AnswerText, COMMON_ANSWERS } from "./answers.ts";
import styles from "./sample.module.css";

type AnswerListProps = {
  texts: readonly AnswerText[];
  shown: FeedbackCode | null;
  onShow(code: FeedbackCode | null): void;
};

/** Every answer a member can get, with its text; each can be shown on the member's side without happening. */
export function AnswerList({ texts, shown, onShow }: AnswerListProps) {
  const t = useTranslations("sample.dev");
  const others = texts.filter(({ code }) => !COMMON_ANSWERS.includes(code));
  const row = ({ code, text }: AnswerText) => (
    <li key={code}>
      <button
        type="button"
        className={styles.answer}
        aria-pressed={shown === code}
        onClick={() => onShow(shown === code ? null : code)}
      >
        <Status kind={ANSWERS[code].status} icon={ANSWERS[code].icon}>
          {t(`name.${code}`)}
        </Status>{" "}
        <span className="m">“{text}”</span>
      </button>
    </li>
  );
  return (
    <>
      <h2 className={styles.panelTitle}>{t("answers")}</h2>
      <ul className={styles.answers}>
        {COMMON_ANSWERS.map((code) => texts.find((text) => text.code === code))
          .filter((text) => text !== undefined)
          .map(row)}
      </ul>
      <details className={styles.more}>
        <summary>{t("moreAnswers", { count: others.length })}</summary>
        <ul className={styles.answers}>{others.map(row)}</ul>
      </details>
    </>
  );
}
