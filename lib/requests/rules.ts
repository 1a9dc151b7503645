import type { Actor } from "#lib/audit/types.ts";
import { grantOf } from "#lib/auth/policy.ts";
import { isSecondPerson } from "#lib/auth/rules.ts";
import type { Clock } from "#lib/deadlines/types.ts";
import {
  type BlockCause,
  type Channel,
  CLOSED_STATES,
  ERASING,
  type RecipientState,
  type RequestAct,
  type RequestState,
  type Right,
  RULED_CHANNELS,
} from "./types.ts";

type Steps = Partial<Record<RequestState, RequestState>>;

const BEFORE_A_DECISION: readonly RequestState[] = ["received", "identity_pending", "in_review"];
const BEFORE_THE_ACT: readonly RequestState[] = [
  ...BEFORE_A_DECISION,
  "awaiting_approval",
  "awaiting_capture",
  "scheduled",
];

const fromEach = (states: readonly RequestState[], to: RequestState): Steps =>
  Object.fromEntries(states.map((state) => [state, to]));

/** Which act leads from where to where. What is not here is refused, by this function and again by the database. */
const STEPS: Record<RequestAct, Steps> = {
  ask_identity: { received: "identity_pending" },
  confirm_identity: { received: "in_review", identity_pending: "in_review" },
  propose: { in_review: "awaiting_approval" },
  send_back: { awaiting_approval: "in_review", scheduled: "in_review" },
  approve: { awaiting_approval: "scheduled" },
  deny: { awaiting_approval: "denied" },
  start: { scheduled: "executing" },
  note_done: { executing: "verifying", outcome_unknown: "verifying" },
  note_unknown: { executing: "outcome_unknown" },
  note_failure: { executing: "failed", verifying: "failed", outcome_unknown: "failed" },
  retry: { failed: "executing" },
  complete: { verifying: "completed" },
  withdraw: fromEach(BEFORE_THE_ACT, "withdrawn"),
  reopen: {},
  close_duplicate: fromEach(BEFORE_A_DECISION, "duplicate"),
  close_not_controller: fromEach(BEFORE_A_DECISION, "not_controller"),
  close_unverified: { identity_pending: "closed_unverified" },
  close_carried_out: {},
};

/** A new sample cannot be kept, so what needs one waits for a new capture, the first time and at each retry. */
const CAPTURED: Partial<Record<RequestAct, Steps>> = {
  approve: { awaiting_approval: "awaiting_capture" },
  start: { awaiting_capture: "executing" },
  send_back: { awaiting_approval: "in_review", awaiting_capture: "in_review" },
  retry: { failed: "awaiting_capture" },
};

/**
 * Erased people who came back with a restored database are erased again. What a restored database holds in the middle of
 * its execution and the ledger for carried out is never gone on with where the person enrolled anew.
 */
const ERASED: Partial<Record<RequestAct, Steps>> = {
  reopen: { completed: "scheduled" },
  close_carried_out: fromEach(["executing", "outcome_unknown", "verifying", "failed"], "withdrawn"),
};

/** Nobody asked, so nobody's identity is checked: what was opened is proposed at once. */
const DELETED: Partial<Record<RequestAct, Steps>> = {
  ...ERASED,
  ask_identity: {},
  confirm_identity: {},
  propose: { received: "awaiting_approval" },
  send_back: { awaiting_approval: "received", scheduled: "received" },
  close_not_controller: {},
  close_unverified: {},
  close_duplicate: {},
};

const SPECIAL: Record<Right, Partial<Record<RequestAct, Steps>>> = {
  erasure: ERASED,
  consent_withdrawal: ERASED,
  rectification: CAPTURED,
  access: {},
  block: {},
  deletion: DELETED,
};

/** The state an act leads to; null where it is not allowed there. */
export function nextState(right: Right, state: RequestState, act: RequestAct): RequestState | null {
  const steps = SPECIAL[right][act] ?? STEPS[act];
  return steps[state] ?? null;
}

const CLOSED: ReadonlySet<RequestState> = new Set(CLOSED_STATES);

export const isClosed = (state: RequestState): boolean => CLOSED.has(state);

/** What the clock of a request depends on. It is asked once who somebody is, so there is one question at most. */
export const clockOf = (request: {
  receivedAt: Date;
  extendedAt: Date | null;
  identityAskedAt: Date | null;
  identityCheckedAt: Date | null;
}): Clock => ({
  receivedAt: request.receivedAt,
  extendedAt: request.extendedAt,
  identityQuestions:
    request.identityAskedAt === null
      ? []
      : [{ askedAt: request.identityAskedAt, answeredAt: request.identityCheckedAt }],
});

/** Whether the list it came with is decided instead of this request: until it is approved, or goes on alone. */
export const isDecidedByList = ({
  batchId,
  state,
}: {
  batchId: string | null;
  state: RequestState;
}): boolean => batchId !== null && state === "awaiting_approval";

/** Whether the installation lists it by itself, and nobody asked for it. */
export const isRuled = (channel: Channel): boolean => RULED_CHANNELS.some((ruled) => ruled === channel);

type ActorRole = Actor["role"];
type Matter = { right: Right; channel: Channel };

/**
 * Whether it is a deletion that a member wants outside of any request and rule: a matter of administrators, with a right
 * of its own. What a rule or a choice lists is everybody's who decides requests.
 */
export const isOwnDeletion = ({ right, channel }: Matter): boolean =>
  right === "deletion" && !isRuled(channel);

const mayBy = (role: ActorRole, matter: Matter, asked: "request.assess" | "request.decide"): boolean =>
  role !== "system" && grantOf(role, isOwnDeletion(matter) ? "person.delete" : asked) !== null;

/** Whether this role puts a decision before the second person; of what it lists by itself, the installation does. */
export const mayAssess = (role: ActorRole, matter: Matter): boolean =>
  isRuled(matter.channel) ? role === "system" : mayBy(role, matter, "request.assess");

/** Whether members of this role decide, where they are the second person. */
export const mayDecide = (role: ActorRole, matter: Matter): boolean => mayBy(role, matter, "request.decide");

const DECIDED: ReadonlySet<RequestState> = new Set([
  "awaiting_capture",
  "scheduled",
  "executing",
  "verifying",
  "failed",
  "outcome_unknown",
]);

/** Whoever else got the data is told of what was decided, and not before; excused as soon as they are named. */
export const isSettlable = (state: RequestState, to: Exclude<RecipientState, "to_tell">): boolean =>
  DECIDED.has(state) || (to === "excused" && state === "awaiting_approval");

const HOUR_MS = 3_600_000;
/** What was proposed and not decided after this long goes back to review. */
export const APPROVAL_HOURS = 72;
export const MOST_DELAY_HOURS = 72;

export type ProposalFacts = {
  createdBy: string | null;
  assessedBy: string | null;
  proposedAt: Date;
  /** Of the preview that was assessed, and of the same preview made now. */
  assessedDigest: string;
  presentDigest: string;
  /** An installation with one officer: the delay takes the second person's place. */
  isSingleControl: boolean;
};

/** Why this member cannot decide on the proposal now; null where they can. */
export function refusalToDecide(
  proposal: ProposalFacts,
  memberId: string,
  now: Date,
): "not_second_person" | "preview_changed" | "approval_expired" | null {
  const { createdBy, assessedBy, isSingleControl } = proposal;
  if (!isSingleControl && !isSecondPerson(memberId, [createdBy, assessedBy])) return "not_second_person";
  if (now.getTime() - proposal.proposedAt.getTime() >= APPROVAL_HOURS * HOUR_MS) return "approval_expired";
  return proposal.assessedDigest === proposal.presentDigest ? null : "preview_changed";
}

/**
 * When an approved act is executed: after the delay in which it can be cancelled, but never past the deadline. Of a
 * deadline that has passed nothing is left to wait for, except where the delay stands for the second person.
 */
export function executeAt(
  approvedAt: Date,
  {
    delayHours,
    overdueFrom,
    isSingleControl,
  }: { delayHours: number; overdueFrom: Date; isSingleControl: boolean },
): Date {
  const hours = Math.min(MOST_DELAY_HOURS, Math.max(0, delayHours));
  const delayed = approvedAt.getTime() + hours * HOUR_MS;
  if (isSingleControl) return new Date(delayed);
  // A minute before, so that the act itself is in time.
  const latest = overdueFrom.getTime() - 60_000;
  return new Date(Math.max(approvedAt.getTime(), Math.min(delayed, latest)));
}

/** Whether carrying the request out ends with the person gone from the API and from here. */
export const isErasing = (right: Right): boolean => ERASING.some((one) => one === right);

/** The states in which an erasing request forbids that its CustomID is enrolled: from the intent to its end. */
export const ERASURE_PENDING = [
  "scheduled",
  "executing",
  "outcome_unknown",
  "verifying",
  "failed",
] as const satisfies readonly RequestState[];

/** Whether a request is about to erase somebody, or may be just doing it. */
export const isErasurePending = ({ right, state }: { right: Right; state: RequestState }): boolean =>
  isErasing(right) && ERASURE_PENDING.some((pending) => pending === state);

/**
 * Why the person of a request in this state is blocked; null where they are not. Withdrawn consent blocks from the
 * receipt on, an erasure from its approval, and a block that was asked for from the moment it is carried out.
 */
export function blockFor(right: Right, state: RequestState): BlockCause | null {
  if (right === "consent_withdrawal") return isClosed(state) ? null : "consent_withdrawal";
  if (right === "block") return state === "verifying" || state === "completed" ? "request" : null;
  return isErasurePending({ right, state }) ? "erasure" : null;
}

/** Whether an open request keeps its person blocked: the one that set the block, or any that wants one where it stands. */
export const needsBlock = (
  { id, right, state }: { id: string; right: Right; state: RequestState },
  blockedBy: string | null,
): boolean => id === blockedBy || blockFor(right, state) !== null;

/**
 * From when on carrying the request out adds nothing more to what stays: its end, or where it is open, when it is to be
 * done. What stays is told to be kept until so long after this moment at the most.
 */
export function fixedFrom(
  { closedAt, executeAt, dueAt }: { closedAt: Date | null; executeAt: Date | null; dueAt: Date },
  now: Date,
): Date {
  if (closedAt !== null) return closedAt;
  const planned = executeAt ?? dueAt;
  return planned > now ? planned : now;
}
