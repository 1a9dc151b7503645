"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ActionResult } from "#lib/errors.ts";

/** The worker seals and signs within a second. */
const SIGNED_AFTER_MS = 1500;

/** Has a checkpoint signed over everything up to now, and shows it once it is there. */
export function SignCheckpoint({ act }: { act(input: undefined): Promise<ActionResult<object>> }) {
  const t = useTranslations("audit.checkpoints");
  const errors = useTranslations("errors");
  const router = useRouter();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  async function sign() {
    if (busy) return;
    setBusy(true);
    const result = await act(undefined).catch(() => null);
    if (result?.ok) {
      toast({ text: t("signing") });
      await new Promise((resolve) => setTimeout(resolve, SIGNED_AFTER_MS));
      router.refresh();
    } else toast({ tone: "warn", text: errors(result?.error.code ?? "unavailable") });
    setBusy(false);
  }
  return (
    <Button small onClick={sign} aria-disabled={busy}>
      {t("sign")}
    </Button>
  );
}
