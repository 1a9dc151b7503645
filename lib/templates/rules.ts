import { isBatchOpen } from "#lib/request-batches/rules.ts";
import type { BatchState } from "#lib/requests/types.ts";
import type { TemplatesProgress, TemplatesStanding } from "./types.ts";

/** Where the biometrics of those who enrolled during a rolled-back rollout stand. */
export function templatesStandingOf(progress: TemplatesProgress | null, enrolled: number): TemplatesStanding {
  if (progress === null) return enrolled === 0 ? "none_enrolled" : "not_chosen";
  const { choice, doneAt, isLifting } = progress;
  if (choice === "suspend") return doneAt === null ? "suspending" : "suspended";
  if (choice === "keep") return isLifting ? (doneAt === null ? "lifting" : "lifted") : "kept";
  return erasureStandingOf(progress);
}

function erasureStandingOf({ doneAt, lists: [last] }: TemplatesProgress): TemplatesStanding {
  const isThrough = doneAt !== null;
  if (last === undefined || last.state === "checked") return isThrough ? "nobody_listed" : "listing";
  if (last.state === "withdrawn") return "withdrawn";
  if (last.state === "approving" || last.state === "running") return "erasing";
  if (last.state === "completed") return isThrough ? "erased" : "listing";
  return last.state === "awaiting_approval" ? "to_approve" : "listing";
}

/** Whether a list has something to be waited for. On one that is only checked nobody was left, and it stays so. */
const isWaitedFor = (state: BatchState): boolean => isBatchOpen(state) && state !== "checked";

/** The list that has to come to its end before another choice; null where there is none. */
export const openListOf = (progress: TemplatesProgress | null) =>
  progress?.lists.find(({ state }) => isWaitedFor(state)) ?? null;

/** Whether the next list may be made after this one: it was approved, or nobody was left on it. */
export const isDecided = (state: BatchState): boolean =>
  !isWaitedFor(state) || state === "approving" || state === "running";
