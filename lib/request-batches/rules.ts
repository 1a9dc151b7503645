import { Temporal } from "temporal-polyfill";
import { isSecondPerson } from "#lib/auth/rules.ts";
import { APPROVAL_HOURS } from "#lib/requests/rules.ts";
import type { BatchState, RequestState } from "#lib/requests/types.ts";
import type { BatchAct, BatchProgress, RequestCounts } from "./types.ts";

type Steps = Partial<Record<BatchState, BatchState>>;

const OPEN: readonly BatchState[] = [
  "checking",
  "checked",
  "opening",
  "awaiting_approval",
  "approving",
  "running",
];

/** Which act leads a list from where to where; what is not here is refused. */
const STEPS: Record<BatchAct, Steps> = {
  finish_check: { checking: "checked" },
  // Assessed anew where the approval did not come in time: its requests are proposed again.
  assess: { checked: "opening", awaiting_approval: "opening" },
  find_none: { opening: "checked" },
  propose: { opening: "awaiting_approval" },
  approve: { awaiting_approval: "approving" },
  start: { approving: "running" },
  complete: { running: "completed" },
  withdraw: Object.fromEntries(OPEN.map((state) => [state, "withdrawn"])),
};

/** The state an act leads a list to; null where it is not allowed there. */
export const nextBatchState = (state: BatchState, act: BatchAct): BatchState | null =>
  STEPS[act][state] ?? null;

export const isBatchOpen = (state: BatchState): boolean => OPEN.includes(state);

/** Whether its people are being sent, or wait to be: it can be paused, and has a pace. */
export const isSteered = (state: BatchState): boolean => state === "approving" || state === "running";

const HOUR_MS = 3_600_000;

export type BatchProposal = {
  openedBy: string | null;
  assessedBy: string | null;
  assessedAt: Date | null;
  previewDigest: string | null;
};

/** Until when a list can be approved as it was assessed. */
export const approvableUntil = (assessedAt: Date): Date =>
  new Date(assessedAt.getTime() + APPROVAL_HOURS * HOUR_MS);

/** Why this member cannot approve the list as they saw it; null where they can. */
export function refusalToApprove(
  { openedBy, assessedBy, assessedAt, previewDigest }: BatchProposal,
  seen: { memberId: string; previewDigest: string; isSingleControl: boolean },
  now: Date,
): "not_second_person" | "preview_changed" | "approval_expired" | null {
  if (!seen.isSingleControl && !isSecondPerson(seen.memberId, [openedBy, assessedBy]))
    return "not_second_person";
  if (assessedAt === null || now >= approvableUntil(assessedAt)) return "approval_expired";
  return previewDigest === seen.previewDigest ? null : "preview_changed";
}

/** The moment a day of receipt stands for: its beginning in the installation's zone, as only the day counts. */
export const receiptOf = (day: string, timeZone: string): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds);

const PLACES: Record<RequestState, Exclude<keyof BatchProgress, "people">> = {
  received: "waiting",
  identity_pending: "waiting",
  in_review: "waiting",
  awaiting_approval: "waiting",
  awaiting_capture: "waiting",
  scheduled: "waiting",
  executing: "underWay",
  verifying: "underWay",
  outcome_unknown: "unknown",
  failed: "failed",
  completed: "done",
  denied: "withdrawn",
  withdrawn: "withdrawn",
  duplicate: "withdrawn",
  not_controller: "withdrawn",
  closed_unverified: "withdrawn",
};

/** How far a list is, from how many of its requests are where. */
export function progressOf(counts: RequestCounts): BatchProgress {
  const progress = { people: 0, done: 0, underWay: 0, unknown: 0, waiting: 0, failed: 0, withdrawn: 0 };
  for (const [state, count] of Object.entries(counts) as [RequestState, number][]) {
    progress.people += count;
    progress[PLACES[state]] += count;
  }
  return progress;
}

/** When those that wait will have been sent at this pace, from now or from when the delay is over; null where none waits. */
export function doneAt(
  { waiting, underWay, unknown }: BatchProgress,
  { peoplePerMinute, executeAt }: { peoplePerMinute: number; executeAt: Date },
  now: Date,
): Date | null {
  if (waiting + underWay + unknown === 0) return null;
  const from = Math.max(now.getTime(), executeAt.getTime());
  return new Date(from + Math.ceil(waiting / peoplePerMinute) * 60_000);
}

/** What a row that is not known here may tell: somebody is, whose CustomID differs only in capitals or spaces. */
export const WRITTEN_OTHERWISE = "written_otherwise";
