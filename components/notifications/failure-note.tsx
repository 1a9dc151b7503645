"use client";

import { useTranslations } from "next-intl";
import { Note } from "#components/ui/note.tsx";
import type { ActionError } from "#lib/errors.ts";

/** Why an act did not happen. */
export function FailureNote({ error }: { error: ActionError }) {
  const t = useTranslations("errors");
  const common = useTranslations("common");
  return (
    <Note tone="bad" role="alert">
      {t(error.code)} {error.code === "unexpected" ? common("reference", { id: error.requestId }) : null}
    </Note>
  );
}
