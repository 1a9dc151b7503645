"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { ProofField } from "#components/proof/proof-field.tsx";
import type { ProofFailure } from "#components/proof/use-proof.ts";
import { Button } from "#components/ui/button.tsx";
import { useCountdown } from "#components/ui/use-countdown.ts";
import { sendSignIn } from "./send-sign-in.ts";

type CodeStepProps = { onSignedIn(): void; onExpired(): void; onBack(): void };

/** The code of the member's code app, or a recovery code, after the right password. */
export function CodeStep({ onSignedIn, onExpired, onBack }: CodeStepProps) {
  const t = useTranslations("signIn");
  const [checking, setChecking] = useState(false);
  const [failure, setFailure] = useState<ProofFailure | null>(null);
  const [secondsLeft, startCountdown] = useCountdown();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (checking || secondsLeft > 0) return;
    const code = String(new FormData(event.currentTarget).get("typed") ?? "");
    if (code.trim() === "") return setFailure("missing");
    setChecking(true);
    const refused = await sendSignIn({ code });
    if (refused === null) return onSignedIn();
    if (refused.code === "challenge_expired") return onExpired();
    setChecking(false);
    if (refused.code === "throttled") startCountdown(refused.waitSeconds);
    setFailure(
      refused.code === "wrong_code" ? "wrong" : refused.code === "throttled" ? "throttled" : "failed",
    );
    field.current?.focus();
  }

  const waits = failure === "throttled" && secondsLeft > 0;
  return (
    <form className="form" method="post" onSubmit={submit} noValidate>
      <p className="m2">{t("codeText")}</p>
      <ProofField
        asks="code"
        failure={failure === "throttled" && !waits ? null : failure}
        secondsLeft={secondsLeft}
        ref={field}
      />
      <Button type="submit" look="primary" wide aria-disabled={waits} aria-busy={checking}>
        {checking ? t("checking") : t("signIn")} <kbd>{t("enter")}</kbd>
      </Button>
      <button type="button" className="link small" onClick={onBack}>
        {t("back")}
      </button>
    </form>
  );
}
