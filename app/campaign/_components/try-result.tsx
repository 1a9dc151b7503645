"use client";

import { useTranslations } from "next-intl";
import { troubleTextOf } from "#components/testers/trouble-text.ts";
import { Button } from "#components/ui/button.tsx";
import type { TryEnd } from "#lib/campaigns/types.ts";
import { StepHead } from "./step-head.tsx";
import styles from "./tester.module.css";

/** What came of a try, in words that blame nobody, and what comes next. */
export function TryResult({ end, onNext }: { end: TryEnd; onNext(): void }) {
  const t = useTranslations("tester.result");
  const { outcome, code } = end;
  return (
    <>
      <StepHead
        title={t(`${outcome}.title`)}
        text={outcome === "failed" ? t(`failed.${troubleTextOf(code)}`) : t(`${outcome}.text`)}
      />
      <div className={styles.ways}>
        <Button look="primary" wide onClick={onNext}>
          {t(outcome === "failed" ? "again" : "next")}
        </Button>
      </div>
    </>
  );
}
