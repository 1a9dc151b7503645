"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import styles from "./sample.module.css";

type ConsentFormProps = { onConsent(): void; onRefuse(): void };

/** What is processed, why, and how to undo it, before the camera is opened. Nothing is ticked beforehand. */
export function ConsentForm({ onConsent, onRefuse }: ConsentFormProps) {
  const t = useTranslations("sample.consent");
  const [given, setGiven] = useState(false);
  const [asked, setAsked] = useState(false);
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (given) onConsent();
      }}
    >
      <ul className={styles.terms}>
        <li>{t("what")}</li>
        <li>{t("kept")}</li>
        <li>{t("free")}</li>
        <li>{t("undo")}</li>
      </ul>
      <label className={styles.consent}>
        <input type="checkbox" checked={given} onChange={(event) => setGiven(event.target.checked)} />
        <span>{t("agree")}</span>
      </label>
      {asked && !given ? (
        <Note tone="warn" role="alert">
          {t("needed")}
        </Note>
      ) : null}
      <div className={styles.ways}>
        <Button type="submit" look="primary" wide>
          {t("go")}
        </Button>
        <Button look="quiet" wide onClick={onRefuse}>
          {t("refuse")}
        </Button>
      </div>
    </form>
  );
}
