"use client";

import { useTranslations } from "next-intl";
import { Note } from "#components/ui/note.tsx";
import type { ActionError } from "#lib/errors.ts";

/** Why an act on the account did not happen. */
export function ActFailure({ error }: { error: ActionError }) {
  const t = useTranslations("errors");
  const common = useTranslations("common");
  return (
    <Note tone="bad" role="alert">
      {t(error.code)} <span className="small m2">{common("reference", { id: error.requestId })}</span>
    </Note>
  );
}
