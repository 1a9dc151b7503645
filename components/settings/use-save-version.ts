import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useProven } from "#components/proof/step-up.tsx";
import type { ActionError, ActionResult } from "#lib/errors.ts";

/** Puts a new version of settings in force, unless another one came in between. */
export type ChangeVersion<Values> = (input: {
  values: Values;
  basedOnVersion: number;
  reason: string;
}) => Promise<ActionResult<{ version: number }>>;

/** What is typed: the version it was thought out on, the values as they would be, and what is wrong with them. */
type Draft<Values> = { base: { version: number }; values: Values; problems: object };

/**
 * The way from a draft to a version in force: a reason, a last look, saving; and what came of it. `reasonMissing` is said
 * under the reason's field where it is empty.
 */
export function useSaveVersion<Values>(
  changeVersion: ChangeVersion<Values>,
  draft: Draft<Values>,
  reasonMissing: string,
) {
  const router = useRouter();
  const change = useProven(changeVersion);
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
    form: {
      reason,
      onReason: setReason,
      reasonError: isAsked && reason.trim() === "" ? reasonMissing : undefined,
      reasonField,
      onSave: ask,
    },
    dialog: { open: isOpen, onClose: () => setIsOpen(false), onSave: save, reason, busy, error },
  };
}
