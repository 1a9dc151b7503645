"use client";

import { Eye, EyeOff } from "lucide-react";
import { useRouter } from "next/navigation";
import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Note } from "#components/ui/note.tsx";
import { useCountdown } from "#components/ui/use-countdown.ts";
import { type Failure, readFailure, readFields } from "../sign-in-result.ts";

/** E-mail and password; what goes wrong stands above the button, and what was typed stays. */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations("signIn");
  const router = useRouter();
  const [shown, setShown] = useState(false);
  const [checking, setChecking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
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
    const answer = await signIn("credentials", { ...values, redirect: false }).catch(() => undefined);
    if (answer?.ok) {
      router.replace(next);
      return;
    }
    const refused = readFailure(answer?.error);
    setChecking(false);
    setFailure(refused);
    if (refused.code === "throttled") startCountdown(refused.waitSeconds);
  }

  const waits = failure?.code === "throttled";
  const showNote = failure !== null && failure.code !== "fields" && !(waits && secondsLeft === 0);
  return (
    <form className="form" method="post" onSubmit={submit} noValidate>
      <Field
        label={t("email")}
        name="email"
        type="email"
        autoComplete="username"
        error={failure?.code === "fields" && failure.email ? t("error.email") : undefined}
      />
      <Field
        label={t("password")}
        name="password"
        type={shown ? "text" : "password"}
        autoComplete="current-password"
        error={failure?.code === "fields" && failure.password ? t("error.password") : undefined}
        beside={
          <Button
            look="quiet"
            small
            icon={shown ? EyeOff : Eye}
            onClick={() => setShown(!shown)}
            aria-pressed={shown}
          >
            {t(shown ? "hide" : "show")}
          </Button>
        }
      />
      {showNote ? (
        <Note tone={failure.code === "wrong" ? "bad" : "warn"} role="alert">
          {failure.code === "throttled"
            ? t("error.throttled", { seconds: secondsLeft })
            : t(`error.${failure.code}`)}
        </Note>
      ) : null}
      <Button type="submit" look="primary" wide aria-disabled={waits && secondsLeft > 0} aria-busy={checking}>
        {checking ? t("checking") : t("continue")} <kbd>{t("enter")}</kbd>
      </Button>
    </form>
  );
}
