"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { CodeStep } from "./code-step.tsx";
import { PasswordStep } from "./password-step.tsx";

/** E-mail and password, then a code of who has a code app. */
export function SignInForm({ next }: { next: string }) {
  const router = useRouter();
  const [step, setStep] = useState<"password" | "code" | "expired">("password");
  const onSignedIn = () => router.replace(next);
  if (step === "code")
    return (
      <CodeStep
        onSignedIn={onSignedIn}
        onExpired={() => setStep("expired")}
        onBack={() => setStep("password")}
      />
    );
  return (
    <PasswordStep
      hasExpired={step === "expired"}
      onSignedIn={onSignedIn}
      onCodeRequired={() => setStep("code")}
    />
  );
}
