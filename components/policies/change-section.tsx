"use client";

import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { ChangeReplay, ReplayBase } from "./change-replay.tsx";
import type { Draft } from "./use-draft.ts";
import type { ReplayState } from "./use-replay.ts";

type ChangeSectionProps = {
  draft: Draft;
  replay: ReplayState;
  reason: string;
  onReason(reason: string): void;
  /** Said under the reason's field when it is missing. */
  reasonError: string | undefined;
  reasonField: RefObject<HTMLInputElement | null>;
  onSave(): void;
};

/** What is changed and not saved: before and after, what it would have done, why, and the way to save it. */
export function ChangeSection({ draft, replay, reason, onReason, onSave, ...field }: ChangeSectionProps) {
  const t = useTranslations("policies.rail");
  const { changes, problems, base } = draft;
  const wrong = Object.keys(problems).length;
  return (
    <RailSection title={t("unsaved", { count: changes.length + wrong })}>
      <div aria-live="polite">
        {changes.map((change) => (
          <ChangeReplay key={change.rule} change={change} replay={replay} />
        ))}
        {changes.length === 0 ? null : <ReplayBase replay={replay} isSeveral={changes.length > 1} />}
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
          {t("save", { version: base.version + 1 })}
        </Button>
        <Button wide onClick={draft.putBack}>
          {t("putBack", { version: base.version })}
        </Button>
      </form>
      <p className="small m">{t("saveNote")}</p>
    </RailSection>
  );
}
