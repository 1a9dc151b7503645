"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Page } from "#components/layout/page.tsx";
import { type ChangeVersion, useSaveVersion } from "#components/settings/use-save-version.ts";
import { LockedButton } from "#components/ui/button.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { Policy, PolicyValues } from "#lib/policies/schema.ts";
import {
  type PolicyFigures,
  type PolicyRun,
  type PolicyVersion,
  RULE_GROUPS,
  type RuleGroup,
} from "#lib/policies/types.ts";
import { ChangeSection } from "./change-section.tsx";
import { ConflictNote } from "./conflict-note.tsx";
import { RuleTable } from "./rule-table.tsx";
import { RunSection } from "./run-section.tsx";
import { SaveDialog } from "./save-dialog.tsx";
import { useDraft } from "./use-draft.ts";
import { usePolicyRun } from "./use-policy-run.ts";
import { type ReplayAction, useReplay } from "./use-replay.ts";
import { VersionHistory } from "./version-history.tsx";

type PolicyBoardProps = {
  head: ReactNode;
  /** What holds while the API is down; it cannot be changed here. */
  whenDown: ReactNode;
  policy: Policy;
  versions: readonly PolicyVersion[];
  run: PolicyRun | null;
  /** Comes after the page. */
  figures: Promise<PolicyFigures | null>;
  mayChange: boolean;
  replay: ReplayAction;
  change: ChangeVersion<PolicyValues>;
};

const GROUPS = Object.keys(RULE_GROUPS) as RuleGroup[];

/** The rules left, what a change of them means right; after saving, who obeys it. */
export function PolicyBoard(props: PolicyBoardProps) {
  const { policy, versions, figures, mayChange } = props;
  const t = useTranslations("policies.rail");
  const draft = useDraft(policy);
  const save = useSaveVersion(props.change, draft, t("whyMissing"));
  const isTouched = draft.changes.length > 0 || Object.keys(draft.problems).length > 0;
  const replay = useReplay(draft.changes.length > 0 ? draft.values : null, props.replay);
  const run = usePolicyRun(props.run, Math.max(policy.version, save.savedVersion ?? 0));
  const isResult = save.savedVersion !== null && run?.version === save.savedVersion;
  const runSection = <RunSection run={run} isResult={isResult && !isTouched} />;
  const rail = (
    <>
      <ConflictNote draft={draft} />
      {isTouched ? <ChangeSection draft={draft} replay={replay} {...save.form} /> : null}
      {isTouched || isResult ? null : mayChange ? (
        <RailSection title={t("nothing")}>
          <p className="m2">{t("nothingText")}</p>
        </RailSection>
      ) : (
        <RailSection title={t("locked")}>
          <LockedButton id="policy-locked" wide reason={t("lockedText")}>
            {t("save", { version: policy.version + 1 })}
          </LockedButton>
          <p className="small m" aria-hidden="true">
            {t("lockedText")}
          </p>
        </RailSection>
      )}
      {runSection}
      {props.whenDown}
      <VersionHistory versions={versions} onLoad={mayChange ? ({ values }) => draft.load(values) : null} />
    </>
  );
  return (
    <Page rail={rail} railLabel={t("label")}>
      {props.head}
      {GROUPS.map((group) => (
        <RuleTable
          key={group}
          group={group}
          draft={draft}
          mayChange={mayChange}
          figures={figures}
          replays={replay.kind === "told" ? replay.replay.replays : null}
        />
      ))}
      <SaveDialog draft={draft} {...save.dialog} />
    </Page>
  );
}
