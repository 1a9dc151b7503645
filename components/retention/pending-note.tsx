"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { isShorter, obeyedFrom } from "#lib/retention/rules.ts";
import { RETENTION_FIELDS, type RetentionValues } from "#lib/retention/schema.ts";
import type { Retention } from "#lib/retention/types.ts";
import { type Held, useChangeText, useLossText } from "./use-loss.ts";

type PendingNoteProps = {
  retention: Retention;
  obeyed: RetentionValues;
  changedAt: Date | null;
  held: Held;
  /** Loads the time that is still obeyed into the fields; null for those who only read. */
  onPutBack: (() => void) | null;
};

/** A shorter time that was chosen and is not obeyed yet: from when, what goes then, and the way back. */
export function PendingNote({ retention, obeyed, changedAt, held, onPutBack }: PendingNoteProps) {
  const t = useTranslations("retention");
  const format = useFormatter();
  const lossText = useLossText();
  const changeText = useChangeText();
  const pending = RETENTION_FIELDS.filter((field) => isShorter(retention.values[field], obeyed[field]));
  if (pending.length === 0 || changedAt === null) return null;
  return (
    <RailSection title={t("pending.title")}>
      <Note tone="warn">
        <b>{t("pending.from", { time: format.dateTime(obeyedFrom(changedAt), "minute") })}</b>
        {pending.map((field) => (
          <p key={field}>
            {changeText({ field, before: obeyed[field], after: retention.values[field] })}
            {". "}
            {lossText(field, retention.values[field], held)}
          </p>
        ))}
        <p>{t("pending.back")}</p>
      </Note>
      {onPutBack === null ? null : (
        <div className="save">
          <Button wide onClick={onPutBack}>
            {t("pending.putBack")}
          </Button>
        </div>
      )}
    </RailSection>
  );
}
