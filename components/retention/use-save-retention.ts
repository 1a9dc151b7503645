import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { ActionError, ActionResult } from "#lib/errors.ts";
import type { RetentionValues } from "#lib/retention/schema.ts";
import type { RetentionDraft } from "./use-retention-draft.ts";

export type ChangeRetention = (input: {
  values: RetentionValues;
  basedOnVersion: number;
  reason: string;
}) => Promise<ActionResult<{ version: number }>>;

/** The way from what is typed to a version: a reason, a last look at what goes, saving. */
export function useSaveRetention(change: ChangeRetention, draft: RetentionDraft) {
  const t = useTranslations("retention.rail");
  const router = useRouter();
  const [reason, setReason] = useState("");
  const [isAsked, setIsAsked] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  const [savedVersion, setSavedVersion] = useState<number | null>(null);
  const reasonField = useRef<HTMLInputElement>(null);

  function ask() {
    setIsAsked(true);
    setError(null);
    if (Object.keys(draft.problems).length > 0)
      document.querySelector<HTMLInputElement>("[aria-invalid=true]")?.focus();
    else if (reason.trim() === "") reasonField.current?.focus();
    else setIsOpen(true);
  }

  async function save() {
    if (busy) return;
    setBusy(true);
    const { values, base } = draft;
    const result = await change({ values, basedOnVersion: base.version, reason });
    setBusy(false);
    if (!result.ok && result.error.code !== "conflict") return setError(result.error);
    setIsOpen(false);
    // What was typed stays until the page brings the version that came in between.
    if (!result.ok) return router.refresh();
    setSavedVersion(result.data.version);
    setReason("");
    setIsAsked(false);
  }

  return {
    savedVersion,
    form: {
      reason,
      onReason: setReason,
      reasonError: isAsked && reason.trim() === "" ? t("whyMissing") : undefined,
      reasonField,
      onSave: ask,
    },
    dialog: { open: isOpen, onClose: () => setIsOpen(false), onSave: save, reason, busy, error },
  };
}
