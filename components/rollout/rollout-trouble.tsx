import { useTranslations } from "next-intl";
import type { FieldErrors } from "#components/forms/types.ts";
import { Note } from "#components/ui/note.tsx";
import type { ChangeRefusal, PlanRefusal } from "#lib/rollout/types.ts";

type Trouble = ChangeRefusal | PlanRefusal | "open_already";

/** Why nothing was done, and what to do next. */
export function RolloutTrouble({ errors }: { errors: FieldErrors }) {
  const t = useTranslations("rollout.trouble");
  const [code] = errors.rollout ?? [];
  // Actions of the rollout refuse with nothing but these.
  return code === undefined ? null : <Note tone="warn">{t(code as Trouble)}</Note>;
}
