"use client";

import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Note } from "#components/ui/note.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { isShorter } from "#lib/retention/rules.ts";
import { type Held, useChangeText, useLossText } from "./use-loss.ts";
import type { RetentionDraft } from "./use-retention-draft.ts";

type ChangeFormProps = {
  draft: RetentionDraft;
  held: Held;
  reason: string;
  onReason(reason: string): void;
  reasonError: string | undefined;
  reasonField: RefObject<HTMLInputElement | null>;
  onSave(): void;
};

/** What is changed and not saved: before and after, what it deletes, why, and the way to save it. */
export function ChangeForm({ draft, held, reason, onReason, onSave, ...field }: ChangeFormProps) {
  const t = useTranslations("retention.rail");
  const wrong = Object.keys(draft.problems).length;
  return (
    <RailSection title={t("unsaved", { count: draft.changes.length + wrong })}>
      <div aria-live="polite">
        {draft.theirs === null ? null : (
          <Note tone="warn" role="alert">
            <b>{t("theirs", { version: draft.theirs.version })}</b>
            <div className="acts">
              <Button small onClick={draft.goOn}>
                {t("goOn")}
              </Button>
            </div>
          </Note>
        )}
        <Changes draft={draft} held={held} />
        {wrong === 0 ? null : <p className="bad">{t("wrong", { count: wrong })}</p>}
      </div>
      <form
        className="save"
        onSubmit={(event) => {
          event.preventDefault();
          onSave();
        }}
      >
        <Field
          label={t("why")}
          help={t("whyHelp")}
          name="reason"
          maxLength={300}
          autoComplete="off"
          value={reason}
          onChange={(event) => onReason(event.currentTarget.value)}
          error={field.reasonError}
          ref={field.reasonField}
        />
        <Button type="submit" look="primary" wide>
          {t("save", { version: draft.base.version + 1 })}
        </Button>
        <Button wide onClick={draft.putBack}>
          {t("putBack")}
        </Button>
      </form>
      <p className="small m">{t("saveNote")}</p>
    </RailSection>
  );
}

function Changes({ draft, held }: Pick<ChangeFormProps, "draft" | "held">) {
  const t = useTranslations("retention");
  const lossText = useLossText();
  const changeText = useChangeText();
  return draft.changes.map(({ field, before, after }) => (
    <div className="change" key={field}>
      <p className="change-name">{changeText({ field, before, after })}</p>
      <p className="m2">{isShorter(before, after) ? t("rail.longer") : lossText(field, after, held)}</p>
    </div>
  ));
}
