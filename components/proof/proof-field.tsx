"use client";

import { useTranslations } from "next-intl";
import { type Ref, useState } from "react";
import { Field } from "#components/ui/field.tsx";
import type { ProofFailure } from "./use-proof.ts";

type ProofFieldProps = {
  /** A code of the code app, with a recovery code as the way out; or the password. */
  asks: "code" | "password";
  failure: ProofFailure | null;
  secondsLeft: number;
  ref?: Ref<HTMLInputElement>;
};

/** The field a proof is typed into, named `typed`. What is wrong with it stands below; what was typed stays. */
export function ProofField({ asks, failure, secondsLeft, ref }: ProofFieldProps) {
  const t = useTranslations("proof.field");
  const [isRecovery, setRecovery] = useState(false);
  const kind = asks === "code" && isRecovery ? "recovery" : asks;
  const said =
    failure === null
      ? undefined
      : failure === "wrong"
        ? t(`wrong.${kind}`)
        : t(`failed.${failure}`, { seconds: secondsLeft });
  return (
    <Field
      // Another kind is another field: what was typed for the one says nothing to the other.
      key={kind}
      ref={ref}
      label={t(`label.${kind}`)}
      help={t(`help.${kind}`)}
      error={said}
      name="typed"
      className={kind === "password" ? undefined : "code-field"}
      type={kind === "password" ? "password" : "text"}
      autoComplete={kind === "password" ? "current-password" : kind === "code" ? "one-time-code" : "off"}
      inputMode={kind === "code" ? "numeric" : "text"}
      maxLength={kind === "code" ? 12 : 256}
      autoCapitalize="none"
      spellCheck={false}
      beside={
        asks === "code" ? (
          <button type="button" className="link small" onClick={() => setRecovery(!isRecovery)}>
            {t(isRecovery ? "useApp" : "useRecovery")}
          </button>
        ) : undefined
      }
    />
  );
}
