import { useTranslations } from "next-intl";
import { Note } from "#components/ui/note.tsx";
import type { ActionError } from "#lib/errors.ts";

/** Why a search did not happen, with the reference to give when asking for help. */
export function SearchFailure({ error }: { error: ActionError }) {
  const t = useTranslations("errors");
  const common = useTranslations("common");
  return (
    <Note tone="bad" role="alert">
      {t(error.code)} <span className="m small">{common("reference", { id: error.requestId })}</span>
    </Note>
  );
}
