"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Note } from "#components/ui/note.tsx";
import type { ActionError } from "#lib/errors.ts";
import { isShorter } from "#lib/retention/rules.ts";
import { type Held, useChangeText, useLossText } from "./use-loss.ts";
import type { RetentionDraft } from "./use-retention-draft.ts";

type SaveRetentionProps = {
  open: boolean;
  onClose(): void;
  onSave(): void;
  draft: RetentionDraft;
  held: Held;
  reason: string;
  busy: boolean;
  error: ActionError | null;
};

/** A last look before saving: where a time gets shorter, what is deleted, when, and until when it can be taken back. */
export function SaveRetention({ open, onClose, onSave, draft, held, ...rest }: SaveRetentionProps) {
  const t = useTranslations("retention");
  const errors = useTranslations("errors");
  const common = useTranslations("common");
  const lossText = useLossText();
  const changeText = useChangeText();
  const { reason, busy, error } = rest;
  const version = draft.base.version + 1;
  const shortens = draft.changes.some(({ before, after }) => isShorter(after, before));
  return (
    <Dialog
      open={open}
      onClose={onClose}
      danger={shortens}
      title={shortens ? t("dialog.shorter") : t("dialog.longer", { version })}
      footer={
        <>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
          <Button look={shortens ? "kill" : "primary"} onClick={onSave} aria-disabled={busy}>
            {busy ? t("dialog.saving") : t(shortens ? "dialog.shorten" : "rail.save", { version })}
          </Button>
        </>
      }
    >
      <ul className="todo differences">
        {draft.changes.map(({ field, before, after }) => (
          <li key={field}>
            {changeText({ field, before, after })}
            <p className="small m">
              {isShorter(before, after) ? t("rail.longer") : lossText(field, after, held)}
            </p>
          </li>
        ))}
      </ul>
      <p className="differences">{t("dialog.why", { reason })}</p>
      {shortens ? (
        <Note tone="bad">
          <b>{t("dialog.noUndo")}</b> {t("dialog.grace")}
        </Note>
      ) : null}
      {error === null ? null : (
        <Note tone="bad" role="alert">
          {errors(error.code)}{" "}
          {error.code === "unexpected" ? common("reference", { id: error.requestId }) : null}
        </Note>
      )}
    </Dialog>
  );
}
