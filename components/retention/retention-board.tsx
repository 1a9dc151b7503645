"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Page } from "#components/layout/page.tsx";
import { type ChangeVersion, useSaveVersion } from "#components/settings/use-save-version.ts";
import { LockedButton } from "#components/ui/button.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { RetentionValues } from "#lib/retention/schema.ts";
import type { Retention, RetentionChange } from "#lib/retention/types.ts";
import { ChangeForm } from "./change-form.tsx";
import { PendingNote } from "./pending-note.tsx";
import { RetentionHistory } from "./retention-history.tsx";
import { RetentionTable } from "./retention-table.tsx";
import { SaveRetention } from "./save-retention.tsx";
import type { Held } from "./use-loss.ts";
import { useRetentionDraft } from "./use-retention-draft.ts";

type RetentionBoardProps = Held & {
  head: ReactNode;
  /** What has a time of its own, or none. */
  others: ReactNode;
  retention: Retention;
  obeyed: RetentionValues;
  changes: readonly RetentionChange[];
  mayChange: boolean;
  change: ChangeVersion<RetentionValues>;
};

/** The kinds of data left, what a change of their time deletes right. */
export function RetentionBoard(props: RetentionBoardProps) {
  const { retention, obeyed, changes, mayChange } = props;
  const t = useTranslations("retention.rail");
  const held: Held = {
    now: props.now,
    months: props.months,
    holdings: props.holdings,
    idle: props.idle,
  };
  const draft = useRetentionDraft(retention);
  const save = useSaveVersion(props.change, draft, t("whyMissing"));
  const rail = (
    <>
      <PendingNote
        retention={retention}
        obeyed={obeyed}
        changedAt={changes[0]?.changedAt ?? null}
        held={held}
        onPutBack={mayChange ? () => draft.load(obeyed) : null}
      />
      {draft.isTouched ? (
        <ChangeForm draft={draft} held={held} {...save.form} />
      ) : (
        <RailSection title={t(mayChange ? "nothing" : "locked")}>
          {mayChange ? (
            <p className="m2" role="status">
              {save.savedVersion === retention.version
                ? t("saved", { version: retention.version })
                : t("nothingText")}
            </p>
          ) : (
            <>
              <LockedButton id="retention-locked" wide reason={t("lockedText")}>
                {t("save", { version: retention.version + 1 })}
              </LockedButton>
              <p className="small m" aria-hidden="true">
                {t("lockedText")}
              </p>
            </>
          )}
        </RailSection>
      )}
      <RailSection title={t("never")}>
        <p className="m2">{t("neverText")}</p>
      </RailSection>
      <RetentionHistory changes={changes} onLoad={mayChange ? draft.load : null} />
    </>
  );
  return (
    <Page rail={rail} railLabel={t("label")}>
      {props.head}
      <RetentionTable draft={draft} held={held} mayChange={mayChange} />
      {props.others}
      <SaveRetention draft={draft} held={held} {...save.dialog} />
    </Page>
  );
}
