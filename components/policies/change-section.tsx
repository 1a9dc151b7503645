"use client";

import { useTranslations } from "next-intl";
import { type Reasoned, SaveWithReason } from "#components/forms/save-with-reason.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { ChangeReplay, ReplayBase } from "./change-replay.tsx";
import type { Draft } from "./use-draft.ts";
import type { ReplayState } from "./use-replay.ts";

type ChangeSectionProps = Reasoned & { draft: Draft; replay: ReplayState };

/** What is changed and not saved: before and after, what it would have done, why, and the way to save it. */
export function ChangeSection({ draft, replay, ...saving }: ChangeSectionProps) {
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
      <SaveWithReason
        {...saving}
        onPutBack={draft.putBack}
        texts={{
          why: t("why"),
          whyHelp: t("whyHelp"),
          save: t("save", { version: base.version + 1 }),
          putBack: t("putBack", { version: base.version }),
          note: t("saveNote"),
        }}
      />
    </RailSection>
  );
}
