"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Note } from "#components/ui/note.tsx";
import { PasswordField } from "#components/ui/password-field.tsx";
import { acceptanceSchema } from "#lib/members/schema.ts";
import type { Invitation } from "#lib/members/types.ts";

const valuesSchema = acceptanceSchema.pick({ name: true, password: true });
type Values = { name: string; password: string };
type Wrong = { name?: string | undefined; password?: string | undefined };

/** What somebody sends of themselves, or what is wrong with each field. Who comes back keeps their name. */
function readValues(form: FormData, { name }: Invitation): { values: Values | null; wrong: Wrong } {
  const parsed = valuesSchema.safeParse({ name, ...Object.fromEntries(form) });
  if (parsed.success) return { values: parsed.data, wrong: {} };
  const codeOf = (field: string) => parsed.error.issues.find(({ path }) => path[0] === field)?.message;
  return { values: null, wrong: { name: codeOf("name"), password: codeOf("password") } };
}

type AcceptFormProps = { invitation: Invitation; onSend(values: Values): Promise<boolean> };

/** Name and password of who comes in; the password alone of who comes back. What was typed stays. */
export function AcceptForm({ invitation, onSend }: AcceptFormProps) {
  const t = useTranslations("invitation.form");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const [wrong, setWrong] = useState<Wrong>({});

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    const read = readValues(new FormData(form), invitation);
    setWrong(read.wrong);
    setFailed(false);
    if (read.values === null) {
      form.querySelector<HTMLInputElement>(`[name=${read.wrong.name ? "name" : "password"}]`)?.focus();
      return;
    }
    setBusy(true);
    const answered = await onSend(read.values);
    setBusy(false);
    setFailed(!answered);
  }

  const { purpose, email, name } = invitation;
  return (
    <form className="form" method="post" onSubmit={submit} noValidate>
      {/* By it a password manager knows which account the password is for. */}
      <Field label={t("email")} type="email" autoComplete="username" value={email} readOnly />
      {purpose === "join" ? (
        <Field
          label={t("name")}
          help={t("nameHelp")}
          error={wrong.name === undefined ? undefined : t(wrong.name === "long" ? "nameLong" : "nameMissing")}
          name="name"
          autoComplete="name"
          defaultValue={name}
          maxLength={80}
        />
      ) : null}
      <PasswordField
        label={t("password")}
        help={t("passwordHelp")}
        error={
          wrong.password === undefined
            ? undefined
            : t(wrong.password === "long" ? "passwordLong" : "passwordShort")
        }
        name="password"
        autoComplete="new-password"
        words={{ show: t("show"), hide: t("hide") }}
      />
      {failed ? (
        <Note tone="warn" role="alert">
          {t("unavailable")}
        </Note>
      ) : null}
      <Button type="submit" look="primary" wide aria-busy={busy}>
        {busy ? t("busy") : t(`submit.${purpose}`)}
      </Button>
    </form>
  );
}
