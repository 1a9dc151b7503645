"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { FieldErrors } from "#components/forms/types.ts";
import { FailureNote } from "#components/notifications/failure-note.tsx";
import { useProven } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ActionError } from "#lib/errors.ts";
import { LONGEST_SECRET, MOST_MINUTES } from "#lib/legacy-probe/schema.ts";
import type { ProbeActs, ShownProbe } from "./types.ts";

const USUAL_MINUTES = 60;

/** Where trials go, how often and with which secret; one that is kept is never shown. */
export function ProbeForm({ probe, ...acts }: { probe: ShownProbe | null; change: ProbeActs["change"] }) {
  const t = useTranslations("legacyLogin.form");
  const toast = useToast();
  const change = useProven(acts.change);
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  const wrong: FieldErrors = error?.fields ?? {};

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(null);
    const result = await change(new FormData(event.currentTarget));
    setBusy(false);
    if (!result.ok) return setError(result.error);
    // The fields begin anew, with what is kept now: a secret is not shown again.
    setRound(round + 1);
    toast({ text: t("saved"), detail: t("savedDetail") });
  }

  return (
    <form key={`${round} ${JSON.stringify(probe)}`} className="form" noValidate onSubmit={save}>
      <Field
        label={t("address")}
        help={t("addressHelp")}
        error={wrong.url === undefined ? undefined : t("addressWrong")}
        name="url"
        type="url"
        autoComplete="off"
        maxLength={500}
        defaultValue={probe?.url ?? ""}
      />
      <Field
        label={t("every")}
        help={t("everyHelp")}
        error={wrong.everyMinutes === undefined ? undefined : t("everyWrong", { most: MOST_MINUTES })}
        name="everyMinutes"
        inputMode="numeric"
        autoComplete="off"
        defaultValue={probe?.everyMinutes ?? USUAL_MINUTES}
      />
      <Field
        label={t("secret")}
        help={t(probe?.hasSecret ? "secretKept" : "secretHelp")}
        error={
          wrong.secret === undefined ? undefined : t(secretTrouble(wrong.secret), { most: LONGEST_SECRET })
        }
        name="secret"
        type="password"
        autoComplete="new-password"
        maxLength={LONGEST_SECRET}
      />
      {probe?.hasSecret ? (
        <label className="check">
          <input type="checkbox" name="withoutSecret" />
          <span>{t("withoutSecret")}</span>
        </label>
      ) : null}
      {error === null || error.fields !== undefined ? null : <FailureNote error={error} />}
      <Button type="submit" look="primary" wide aria-disabled={busy}>
        {t(busy ? "saving" : probe === null ? "start" : "save")}
      </Button>
    </form>
  );
}

const secretTrouble = (codes: readonly string[]) =>
  codes.includes("secret_again") ? "secretAgain" : "secretWrong";
