import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { ActionError, ActionResult } from "#lib/errors.ts";
import type { PolicyValues } from "#lib/policies/schema.ts";
import type { Draft } from "./use-draft.ts";

export type ChangeAction = (input: {
  values: PolicyValues;
  basedOnVersion: number;
  reason: string;
}) => Promise<ActionResult<{ version: number }>>;

/** The way from a draft to a version in force: a reason, a last look, saving; and what came of it. */
export function useSave(change: ChangeAction, draft: Draft) {
  const t = useTranslations("policies.rail");
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
    // What was typed stays where it is until the page brings the version in force: ours, or one that came in between.
    if (!result.ok) return router.refresh();
    setSavedVersion(result.data.version);
    setReason("");
    setIsAsked(false);
  }

  return {
    savedVersion,
    section: {
      reason,
      onReason: setReason,
      reasonError: isAsked && reason.trim() === "" ? t("whyMissing") : undefined,
      reasonField,
      onSave: ask,
    },
    dialog: { open: isOpen, onClose: () => setIsOpen(false), onSave: save, reason, busy, error },
  };
}
