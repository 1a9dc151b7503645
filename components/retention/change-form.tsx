"use client";

import { useTranslations } from "next-intl";
import { type Reasoned, SaveWithReason } from "#components/forms/save-with-reason.tsx";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { isShorter } from "#lib/retention/rules.ts";
import { type Held, useChangeText, useLossText } from "./use-loss.ts";
import type { RetentionDraft } from "./use-retention-draft.ts";

type ChangeFormProps = Reasoned & { draft: RetentionDraft; held: Held };

/** What is changed and not saved: before and after, what it deletes, why, and the way to save it. */
export function ChangeForm({ draft, held, ...saving }: ChangeFormProps) {
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
      <SaveWithReason
        {...saving}
        onPutBack={draft.putBack}
        texts={{
          why: t("why"),
          whyHelp: t("whyHelp"),
          save: t("save", { version: draft.base.version + 1 }),
          putBack: t("putBack"),
          note: t("saveNote"),
        }}
      />
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
