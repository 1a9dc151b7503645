import { useTranslations } from "next-intl";
import { Note } from "#components/ui/note.tsx";
import type { StepTrouble } from "./use-tester.ts";

/** Why a step was not taken, and what to do next. */
export function StepTroubleNote({ trouble }: { trouble: StepTrouble | null }) {
  const t = useTranslations("tester.trouble");
  return trouble === null ? null : <Note tone="warn">{t(trouble)}</Note>;
}
