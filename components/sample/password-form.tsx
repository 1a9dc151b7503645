"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Note } from "#components/ui/note.tsx";
import styles from "./sample.module.css";

type PasswordFormProps = {
  /** Shown on the page: this is a sample. */
  samplePassword: string;
  sending: boolean;
  /** What the button says. */
  act: string;
  error: string | undefined;
  onPassword(password: string): void;
};

/** The old way in. */
export function PasswordForm({ samplePassword, sending, act, error, onPassword }: PasswordFormProps) {
  const t = useTranslations("sample.password");
  const [password, setPassword] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!sending) onPassword(password);
  };
  return (
    <form className={styles.stack} onSubmit={send}>
      <Field
        label={t("label")}
        type="password"
        autoComplete="off"
        value={password}
        error={error}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Note>{t.rich("sample", { password: () => <b className="mono">{samplePassword}</b> })}</Note>
      <div className={styles.ways}>
        <Button type="submit" look="primary" wide aria-disabled={sending}>
          {sending ? t("sending") : act}
        </Button>
      </div>
    </form>
  );
}
