"use client";

import { ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { useKey } from "#components/ui/use-key.ts";
import type { ActionResult } from "#lib/errors.ts";

type VerifyNowProps = {
  isUnderWay: boolean;
  /** A link in a head line, without a letter of its own. */
  quiet?: boolean;
  act(input: undefined): Promise<ActionResult<object>>;
};

/** Has the log verified; V does the same. While a verification is under way that one is meant. */
export function VerifyNow({ isUnderWay, quiet, act }: VerifyNowProps) {
  const t = useTranslations("audit.verify");
  const errors = useTranslations("errors");
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const busy = asking || isUnderWay;
  async function verify() {
    if (busy) return;
    setAsking(true);
    const result = await act(undefined).catch(() => null);
    setAsking(false);
    if (!result?.ok) toast({ tone: "warn", text: errors(result?.error.code ?? "unavailable") });
  }
  useKey(quiet ? "" : "v", verify);
  if (quiet)
    return (
      <button type="button" className="link" onClick={verify} aria-disabled={busy}>
        {t(busy ? "busy" : "do")}
      </button>
    );
  return (
    <Button look="primary" icon={ShieldCheck} onClick={verify} aria-disabled={busy} aria-keyshortcuts="v">
      {t(busy ? "busy" : "do")} <kbd>V</kbd>
    </Button>
  );
}
