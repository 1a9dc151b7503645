"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { ActFailure } from "#components/forms/act-failure.tsx";
import { useProven } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ActionError } from "#lib/errors.ts";
import type { AccountActs } from "./types.ts";

/** What is wrong with a field, under it. */
type Wrong = { present?: string; next?: string };

/** Changes the member's password: the present one is asked for, and their other sessions end. */
export function ChangePassword(acts: Pick<AccountActs, "changePassword">) {
  const t = useTranslations("account.password");
  const toast = useToast();
  const formId = useId();
  const changePassword = useProven(acts.changePassword);
  const [round, setRound] = useState(0);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong>({});
  const [error, setError] = useState<ActionError | null>(null);

  function begin() {
    setRound(round + 1);
    setWrong({});
    setError(null);
    setOpen(true);
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setWrong({});
    setError(null);
    const input = { present: String(form.get("present") ?? ""), next: String(form.get("next") ?? "") };
    const result = await changePassword(input);
    setBusy(false);
    if (!result.ok) {
      const { fields } = result.error;
      if (fields === undefined) return setError(result.error);
      return setWrong({
        ...(fields.present ? { present: t("missing") } : {}),
        ...(fields.next ? { next: t("short") } : {}),
      });
    }
    const { data } = result;
    if (data.ok) {
      setOpen(false);
      toast({ text: t("done"), detail: t("doneDetail", { count: data.endedSessions }) });
    } else if (data.code === "same_password") setWrong({ next: t("same") });
    else if (data.code === "throttled") setWrong({ present: t("throttled", { seconds: data.waitSeconds }) });
    else setWrong({ present: t("wrong") });
  }

  return (
    <>
      <Button onClick={begin}>{t("open")}</Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("title")}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{t("cancel")}</Button>
            <Button type="submit" form={formId} look="primary" aria-disabled={busy}>
              {t(busy ? "changing" : "change")}
            </Button>
          </>
        }
      >
        <form key={round} id={formId} className="form proof-form" noValidate onSubmit={submit}>
          <p className="m2">{t("text")}</p>
          <Field
            label={t("present")}
            name="present"
            type="password"
            autoComplete="current-password"
            maxLength={256}
            error={wrong.present}
          />
          <Field
            label={t("next")}
            help={t("nextHelp")}
            name="next"
            type="password"
            autoComplete="new-password"
            maxLength={256}
            error={wrong.next}
          />
          {error === null ? null : <ActFailure error={error} />}
        </form>
      </Dialog>
    </>
  );
}
