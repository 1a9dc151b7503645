"use client";

import { useTranslations } from "next-intl";
import { Note } from "#components/ui/note.tsx";
import type { ActionError } from "#lib/errors.ts";

type ActFailureProps = {
  error: ActionError;
  /** What it stands in is read aloud by itself. */
  isLive?: boolean;
};

/** Why what was asked for did not happen, with the reference to give when asking for help. */
export function ActFailure({ error, isLive = false }: ActFailureProps) {
  const t = useTranslations("errors");
  const common = useTranslations("common");
  return (
    <Note tone="bad" {...(isLive ? {} : { role: "alert" })}>
      {t(error.code)} <span className="small m2">{common("reference", { id: error.requestId })}</span>
    </Note>
  );
}
