"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { Draft } from "./use-draft.ts";
import { useRuleText } from "./use-rule-text.ts";

/** Somebody saved meanwhile: theirs is in force, what was typed here is kept, and both are shown. */
export function ConflictNote({ draft }: { draft: Draft }) {
  const t = useTranslations("policies.conflict");
  const text = useRuleText();
  if (draft.theirs === null) return null;
  return (
    <RailSection>
      <Note tone="warn" role="alert">
        <b>{t("title", { version: draft.theirs.version })}</b>
        <p>{t("theirs", { changes: draft.theirs.changes.map(text.change).join(" · ") })}</p>
        <p>{t("yours", { changes: draft.changes.map(text.change).join(" · ") })}</p>
        <div className="acts">
          <Button small onClick={draft.goOn}>
            {t("goOn")}
          </Button>
          <Button small onClick={draft.putBack}>
            {t("drop")}
          </Button>
        </div>
      </Note>
    </RailSection>
  );
}
