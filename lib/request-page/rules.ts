import { grantOf } from "#lib/auth/policy.ts";
import type { Role } from "#lib/members/schema.ts";
import type { RequestRow } from "#lib/requests/queries.ts";
import {
  APPROVAL_HOURS,
  executeAt,
  isClosed,
  isDecidedByList,
  isErasing,
  isSettlable,
  mayAssess,
  mayDecide,
  nextState,
  refusalToDecide,
} from "#lib/requests/rules.ts";
import type { RequestState, Right } from "#lib/requests/types.ts";
import type { DecisionLock, IfApproved, Offers, TrackStep, TrackStepName } from "./types.ts";

const HOUR_MS = 3_600_000;
const ASKED = ["received", "identity", "review", "approval"] as const;

const TRACKS: Record<Right, readonly TrackStepName[]> = {
  erasure: [...ASKED, "waiting", "deleting", "proving", "done"],
  consent_withdrawal: [...ASKED, "waiting", "deleting", "proving", "done"],
  deletion: ["received", "approval", "waiting", "deleting", "proving", "done"],
  rectification: [...ASKED, "capture", "updating", "verifying", "done"],
  access: [...ASKED, "composing", "handing", "done"],
  block: [...ASKED, "blocking", "done"],
};

/**
 * Where on its track a request stands. What is carried out stands at its act until that is proven. A block holds as soon as
 * it is set: it stays at its act while somebody else is still to be told.
 */
function placeOf(right: Right, state: RequestState): TrackStepName {
  const act = TRACKS[right].find((name) => ACTS.has(name)) ?? "done";
  switch (state) {
    case "received":
      return right === "deletion" ? "approval" : "identity";
    case "identity_pending":
      return "identity";
    case "in_review":
      return "review";
    case "awaiting_approval":
      return "approval";
    case "awaiting_capture":
      return "capture";
    case "scheduled":
      return isErasing(right) ? "waiting" : act;
    case "executing":
    case "failed":
    case "outcome_unknown":
      return act;
    case "verifying":
      return TRACKS[right].find((name) => PROOFS.has(name)) ?? act;
    default:
      return "done";
  }
}

const ACTS: ReadonlySet<TrackStepName> = new Set(["deleting", "updating", "composing", "blocking"]);
const PROOFS: ReadonlySet<TrackStepName> = new Set(["proving", "verifying", "handing"]);

type TrackFacts = Pick<
  RequestRow,
  | "right"
  | "state"
  | "receivedAt"
  | "identityCheckedAt"
  | "assessedAt"
  | "decidedAt"
  | "executeAt"
  | "closedAt"
>;

/** The steps of a request: what was done and when, where it stands, what is to come. One that ended early ends with that. */
export function trackOf(request: TrackFacts): TrackStep[] {
  const { right, state } = request;
  const names = TRACKS[right];
  if (isClosed(state) && state !== "completed") {
    const done = names.filter((name) => dateOf(request, name) !== null && name !== "done");
    return [
      ...done.map((name) => ({ name, state: "done" as const, at: dateOf(request, name) })),
      { name: "ended", state: "now", at: request.closedAt },
    ];
  }
  const place = names.indexOf(placeOf(right, state));
  return names.map((name, index) => ({
    name,
    state: state === "completed" || index < place ? "done" : index === place ? "now" : "later",
    at: dateOf(request, name),
  }));
}

function dateOf(request: TrackFacts, name: TrackStepName): Date | null {
  switch (name) {
    case "received":
      return request.receivedAt;
    case "identity":
      return request.identityCheckedAt;
    case "review":
      return request.assessedAt;
    case "approval":
      return request.decidedAt;
    case "waiting":
      return request.executeAt;
    case "done":
      return request.closedAt;
    default:
      return null;
  }
}

/** Until when a proposal can be decided. */
export const decidableUntil = (assessedAt: Date): Date =>
  new Date(assessedAt.getTime() + APPROVAL_HOURS * HOUR_MS);

type OfferFacts = { request: RequestRow; role: Role; mayExtend: boolean; now: Date };

/** What a member of this role may do about the request where it stands. */
export function offersOf({ request, role, mayExtend }: OfferFacts): Offers {
  const { right, state } = request;
  const is = (act: Parameters<typeof nextState>[2]) => nextState(right, state, act) !== null;
  const may = (permission: Parameters<typeof grantOf>[1]) => grantOf(role, permission) !== null;
  const assesses = may("request.assess");
  const isOfList = isDecidedByList(request);
  const close = (["duplicate", "not_controller", "unverified"] as const).filter((reason) =>
    is(`close_${reason}`),
  );
  return {
    askIdentity: assesses && is("ask_identity"),
    confirmIdentity: assesses && is("confirm_identity"),
    assess: mayAssess(role, request) && is("propose"),
    decide: mayDecide(role, request) && state === "awaiting_approval" && !isOfList,
    sendBack: may("request.steer") && is("send_back") && !isOfList,
    withdraw: may("request.withdraw") && is("withdraw"),
    close: assesses ? close : [],
    extend: assesses && mayExtend,
    retry: may("request.steer") && is("retry"),
    handOver: assesses && right === "access" && state === "verifying",
    capture: may("request.capture") && state === "awaiting_capture",
    tell: may("request.steer") && isSettlable(state, "told"),
    excuse: may("request.steer") && isSettlable(state, "excused"),
  };
}

type LockFacts = {
  request: RequestRow;
  viewer: { memberId: string; role: Role };
  presentDigest: string | null;
  isOnHold: boolean;
  isSingleControl: boolean;
  now: Date;
};

/** Why this member cannot decide on what is proposed: the same refusals that the decision itself would meet. */
export function decisionLockOf(facts: LockFacts): DecisionLock | null {
  const { request, viewer, presentDigest, isOnHold, isSingleControl, now } = facts;
  const { state, assessedAt, previewDigest, openedBy, assessedBy, proposal } = request;
  if (state !== "awaiting_approval" || assessedAt === null || previewDigest === null) return null;
  if (isDecidedByList(request)) return "decided_by_list";
  if (!mayDecide(viewer.role, request)) return "not_your_role";
  const refusal = refusalToDecide(
    {
      createdBy: openedBy,
      assessedBy,
      proposedAt: assessedAt,
      assessedDigest: previewDigest,
      presentDigest: presentDigest ?? previewDigest,
      isSingleControl,
    },
    viewer.memberId,
    now,
  );
  return refusal ?? (isOnHold && proposal === "grant" ? "on_hold" : null);
}

type Delay = { delayHours: number; dueAt: Date; isSingleControl: boolean; now: Date };

/** What approving an erasure now would bring. */
export function ifApproved({ delayHours, dueAt, isSingleControl, now }: Delay): IfApproved {
  const at = executeAt(now, { delayHours, overdueFrom: dueAt, isSingleControl });
  const delayMs = delayHours * HOUR_MS;
  return {
    executeAt: at,
    isShortened: at.getTime() - now.getTime() < delayMs,
    // A minute before the end, as the execution itself keeps it.
    shortensFrom: new Date(dueAt.getTime() - 60_000 - delayMs),
    isInTime: at < dueAt,
  };
}
