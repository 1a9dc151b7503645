import { useTranslations } from "next-intl";
import { isAuditAction } from "#lib/audit-log/rules.ts";
import type { LogNames, ReadEntry } from "#lib/audit-log/types.ts";
import { useWords } from "./use-words.ts";

/** How an entry ended, as far as its own facts tell more than done or refused. */
export type EntryResult = "done" | "refused" | "failed";

export function resultOf({ outcome, details }: Pick<ReadEntry, "outcome" | "details">): EntryResult {
  if (outcome === "refused") return "refused";
  return details.ok === false ? "failed" : "done";
}

/** Who did what to what, in words. */
export function useEntryText(names: LogNames) {
  const t = useTranslations("audit");
  const words = useWords();
  const act = (action: string): string => (isAuditAction(action) ? t(`act.${action}`) : action);
  const who = ({ actorId }: Pick<ReadEntry, "actorId">): string =>
    actorId === null ? t("system") : (names.members[actorId] ?? t("someone"));
  const object = (entityType: string): string => words([`audit.object.${entityType}`], entityType);
  return { act, who, object };
}
