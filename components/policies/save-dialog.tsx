"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Note } from "#components/ui/note.tsx";
import type { ActionError } from "#lib/errors.ts";
import { overNist } from "#lib/policies/rules.ts";
import type { Draft } from "./use-draft.ts";
import { useRuleText } from "./use-rule-text.ts";

type SaveDialogProps = {
  open: boolean;
  onClose(): void;
  onSave(): void;
  draft: Draft;
  reason: string;
  busy: boolean;
  error: ActionError | null;
};

/** Names every difference once more before it is in force. */
export function SaveDialog({ open, onClose, onSave, draft, reason, busy, error }: SaveDialogProps) {
  const t = useTranslations("policies.dialog");
  const errors = useTranslations("errors");
  const common = useTranslations("common");
  const text = useRuleText();
  const version = draft.base.version + 1;
  const isOverNist = draft.changes.some(({ rule, after }) => overNist(rule, after) !== null);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("title", { version })}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" onClick={onSave} aria-disabled={busy}>
            {busy ? t("saving") : t("save", { version })}
          </Button>
        </>
      }
    >
      <p className="m2">{t("text")}</p>
      <ul className="todo differences">
        {draft.changes.map((change) => (
          <li key={change.rule}>{text.change(change)}</li>
        ))}
      </ul>
      <p>{t("why", { reason })}</p>
      {isOverNist ? <Note tone="warn">{t("overNist")}</Note> : null}
      {error === null ? null : (
        <Note tone="bad" role="alert">
          {errors(error.code)}{" "}
          {error.code === "unexpected" ? common("reference", { id: error.requestId }) : null}
        </Note>
      )}
    </Dialog>
  );
}
