import type { RequestRow } from "#lib/requests/queries.ts";
import type { VerdictReason } from "#lib/rollout-evidence/schema.ts";
import type { Verdict } from "#lib/rollout-evidence/types.ts";
import {
  isForKind,
  NOTIFICATION_EVENTS,
  type NotificationEventName,
  PAYLOAD_VERSION,
  type RequestEventName,
  type TargetKind,
} from "./schema.ts";
import type { DeliveryState, Message, Payload, Standing, Target, TryResult } from "./types.ts";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How long is waited after the first, second, … failed try. After the try that follows the last, it is given up. */
export const RETRY_AFTER_MS: readonly number[] = [
  10 * SECOND_MS,
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
];

/** A try holds its delivery this long: longer than any try takes, so that nobody else sends meanwhile. */
export const LEASE_MS = MINUTE_MS;

/** A rotated secret signs beside the new one for this long. */
export const SECRET_OVERLAP_HOURS = 24;

/** An alarm lasts at least this long, so that a rate that hovers at the limit is not told again and again. */
export const ALARM_MINUTES = 10;

/** A sign-in refused so often within so many minutes is told, once in an hour for each account. */
export const REFUSALS_TOLD = 5;
export const REFUSALS_WITHIN_MINUTES = 15;
export const REFUSALS_QUIET_MINUTES = 60;

export type Settled = { state: DeliveryState; nextTryAt: Date };

/** What becomes of a delivery after its nth try. A test is tried once: somebody is watching. */
export function settledBy(
  result: Pick<TryResult, "ok">,
  { type, attempts }: { type: Message["type"]; attempts: number },
  now: Date,
): Settled {
  if (result.ok) return { state: "delivered", nextTryAt: now };
  const wait = type === "test" ? undefined : RETRY_AFTER_MS[attempts - 1];
  if (wait === undefined) return { state: "given_up", nextTryAt: now };
  return { state: "waiting", nextTryAt: new Date(now.getTime() + wait) };
}

/** What a webhook is posted. */
export const payloadOf = ({ type, data }: Message, at: Date): Payload => ({
  type,
  version: PAYLOAD_VERSION,
  timestamp: at.toISOString(),
  data,
});

/** A web address for the page: many carry a token in their query, which is left out. */
export function shownAddress(kind: "webhook" | "email", address: string): string {
  if (kind === "email") return address;
  const { origin, pathname, search } = new URL(address);
  return `${origin}${pathname === "/" ? "" : pathname}${search === "" ? "" : "?…"}`;
}

/** The events of one matter, in the order in which the page offers them. */
export const EVENT_GROUPS = {
  requests: [
    "request.received",
    "request.needs_approval",
    "request.sent_back",
    "request.approved",
    "request.denied",
    "request.completed",
    "request.closed",
    "request.due_soon",
    "request.overdue",
    "request.failed",
    "request.outcome_unknown",
  ],
  lists: [
    "request_list.received",
    "request_list.needs_approval",
    "request_list.approved",
    "request_list.completed",
    "request_list.withdrawn",
    "request_list.due_soon",
    "request_list.overdue",
    "request_list.failed",
  ],
  health: [
    "incident.opened",
    "incident.closed",
    "circuit.held",
    "circuit.given_back",
    "gateway.silent",
    "gateway.back",
    "legacy_login.failing",
    "legacy_login.works_again",
  ],
  rollout: [
    "rollout.ready",
    "rollout.held",
    "rollout.advanced",
    "rollout.rolled_back",
    "rollout.halted",
    "rollout.released",
    "rollout.drift",
  ],
  changes: ["policy.changed", "application_key.created", "application_key.ended", "retention.shortened"],
  access: ["administrator.added", "sign_in.refused_repeatedly"],
  audit: [
    "audit.history_changed",
    "audit.verification_failed",
    "audit.seal_late",
    "audit.sealed_again",
    "audit.checkpoint_signed",
  ],
} as const satisfies Record<string, readonly NotificationEventName[]>;

/** What a target of this kind may be told. */
export const eventsFor = (kind: TargetKind): NotificationEventName[] =>
  NOTIFICATION_EVENTS.filter((event) => isForKind(kind, [event]));

/** What a target is told, for a line of text: a matter it is told everything of by the name of the matter. */
export function toldOf(
  events: readonly NotificationEventName[],
  offered: readonly NotificationEventName[],
): (`group.${keyof typeof EVENT_GROUPS}` | `event.${NotificationEventName}`)[] {
  const groups = Object.keys(EVENT_GROUPS) as (keyof typeof EVENT_GROUPS)[];
  return groups.flatMap((group) => {
    const known = EVENT_GROUPS[group].filter((event) => offered.includes(event));
    const chosen = known.filter((event) => events.includes(event));
    return chosen.length === known.length
      ? [`group.${group}` as const]
      : chosen.map((event) => `event.${event}` as const);
  });
}

/** How a target stands by its last deliveries: failing when the newest that was tried did not arrive. */
export function standingOf({ pausedAt, deliveries }: Pick<Target, "pausedAt" | "deliveries">): Standing {
  if (pausedAt !== null) return "paused";
  const tried = deliveries.find(({ attempts }) => attempts > 0);
  if (tried === undefined) return "unused";
  return tried.state === "delivered" ? "working" : "failing";
}

/** Doubts that a person can do something about; an edit by hand in Unleash is an event of its own. */
const DOUBTS: ReadonlySet<VerdictReason> = new Set([
  "split_off",
  "double_exposure",
  "legacy_unreported",
  "signal",
  "slice",
  "limit_in_doubt",
  "overdue",
]);

/** Whether somebody is told that a rollout does not go on. That it is blind only where the rule would wake somebody. */
export const isHeldTold = ({ reason, pages }: Pick<Verdict, "reason" | "pages">): boolean =>
  DOUBTS.has(reason) || (reason === "blind" && pages);

/** What decides which event a step of a request is. */
export type SteppedRequest = Pick<RequestRow, "batchId" | "state" | "nextTryAt">;

/**
 * The event that a request's opening (nothing before it) or step is told as; null where nobody is told. Of a list only the
 * list is told, so that thousands of rows are not thousands of messages: also the step by which one leaves its list is not.
 */
export function requestEventOf(
  before: SteppedRequest | null,
  { batchId, state, nextTryAt }: SteppedRequest,
): RequestEventName | null {
  if (batchId !== null || (before !== null && before.batchId !== null)) return null;
  if (before === null) return "request.received";
  switch (state) {
    case "received":
    case "in_review":
      return AFTER_A_PROPOSAL.has(before.state) ? "request.sent_back" : null;
    case "awaiting_approval":
      return "request.needs_approval";
    case "awaiting_capture":
    case "scheduled":
      return before.state === "awaiting_approval" ? "request.approved" : null;
    case "failed":
      // As long as the worker tries again by itself, it is nobody's turn.
      return nextTryAt === null ? "request.failed" : null;
    case "outcome_unknown":
    case "completed":
    case "denied":
      return `request.${state}`;
    case "withdrawn":
    case "duplicate":
    case "not_controller":
    case "closed_unverified":
      return "request.closed";
    default:
      return null;
  }
}

const AFTER_A_PROPOSAL: ReadonlySet<RequestRow["state"]> = new Set([
  "awaiting_approval",
  "awaiting_capture",
  "scheduled",
]);
