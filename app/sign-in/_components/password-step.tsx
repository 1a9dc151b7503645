"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Note } from "#components/ui/note.tsx";
import { PasswordField } from "#components/ui/password-field.tsx";
import { useCountdown } from "#components/ui/use-countdown.ts";
import { type Failure, readFields } from "../sign-in-result.ts";
import { sendSignIn } from "./send-sign-in.ts";

type PasswordStepProps = {
  /** The code was not given in time: it begins anew. */
  hasExpired: boolean;
  onSignedIn(): void;
  onCodeRequired(): void;
};

/** E-mail and password; what goes wrong stands above the button, and what was typed stays. */
export function PasswordStep({ hasExpired, onSignedIn, onCodeRequired }: PasswordStepProps) {
  const t = useTranslations("signIn");
  const [checking, setChecking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(hasExpired ? { code: "challenge_expired" } : null);
  const [secondsLeft, startCountdown] = useCountdown();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (checking || secondsLeft > 0) return;
    const form = event.currentTarget;
    const { values, failure: bad } = readFields(new FormData(form));
    setFailure(bad);
    if (!values) {
      form.querySelector<HTMLInputElement>(bad.email ? "[name=email]" : "[name=password]")?.focus();
      return;
    }
    setChecking(true);
    const refused = await sendSignIn(values);
    if (refused === null) return onSignedIn();
    if (refused.code === "code_required") return onCodeRequired();
    setChecking(false);
    setFailure(refused);
    if (refused.code === "throttled") startCountdown(refused.waitSeconds);
  }

  const waits = failure?.code === "throttled";
  const fields = failure?.code === "fields" ? failure : null;
  return (
    <form className="form" method="post" onSubmit={submit} noValidate>
      <Field
        label={t("email")}
        name="email"
        type="email"
        autoComplete="username"
        error={fields?.email ? t("error.email") : undefined}
      />
      <PasswordField
        label={t("password")}
        name="password"
        autoComplete="current-password"
        error={fields?.password ? t("error.password") : undefined}
        words={{ show: t("show"), hide: t("hide") }}
      />
      <FailureNote failure={failure} secondsLeft={secondsLeft} />
      <Button type="submit" look="primary" wide aria-disabled={waits && secondsLeft > 0} aria-busy={checking}>
        {checking ? t("checking") : t("continue")} <kbd>{t("enter")}</kbd>
      </Button>
    </form>
  );
}

function FailureNote({ failure, secondsLeft }: { failure: Failure | null; secondsLeft: number }) {
  const t = useTranslations("signIn.error");
  if (failure === null || failure.code === "fields" || failure.code === "code_required") return null;
  if (failure.code === "throttled" && secondsLeft === 0) return null;
  return (
    <Note tone={failure.code === "wrong" ? "bad" : "warn"} role="alert">
      {failure.code === "throttled" ? t("throttled", { seconds: secondsLeft }) : t(failure.code)}
    </Note>
  );
}
