import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { isHeldBack } from "#lib/holds/queries.ts";
import { lockCustomId } from "#lib/people/lock-custom-id.ts";
import { type AdvanceResult, advanceRequest, type Mover } from "#lib/requests/advance-request.ts";
import { completeRequest } from "#lib/requests/complete-request.ts";
import { type IntendedAttempt, intendAttempt } from "#lib/requests/intend-attempt.ts";
import { noteStart, noteUnknown } from "#lib/requests/note-step.ts";
import { findRequestLocked, type RequestRow } from "#lib/requests/queries.ts";
import { isErasing } from "#lib/requests/rules.ts";
import type { AttemptKind } from "#lib/requests/types.ts";
import { isEnrolmentRunning, listAttempts } from "./queries.ts";
import { hasDeleted, isProven } from "./rules.ts";
import { settleCall } from "./settle-call.ts";
import { settleCutOff } from "./settle-cut-off.ts";
import { settleLocalStep } from "./settle-local-step.ts";
import type { ExecutionDesk, TurnEnd } from "./types.ts";

type Named = RequestRow & { customId: string };
/** What a look at the request came to: the turn ends, a call is due, or everything is proven. */
type Look =
  | { next: "end"; end: TurnEnd }
  | { next: "call"; attempt: IntendedAttempt }
  | { next: "complete"; request: Named };

/** A turn goes on while there is something to do at once; a probe that found somebody is followed by another. */
const MOST_STEPS = 8;

/**
 * One turn of carrying out a request, by the worker: as far as it goes now. What is done at the API was written down and
 * committed before, and is settled after; of a turn that is cut off anywhere the next one finds out. At most one DELETE of
 * a round can have an effect; everything after it is a probe. Throws what PostgreSQL and the ledger's disk throw.
 */
export async function executeRequest(desk: ExecutionDesk, requestId: string): Promise<TurnEnd> {
  let end: TurnEnd = "nothing_to_do";
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const look = await joinOrOpenTransaction(desk.db, (tx) => lookAt({ ...desk, db: tx }, requestId));
    if (look.next === "end") return look.end === "nothing_to_do" ? end : look.end;
    end = "went_on";
    if (look.next === "complete") return complete(desk, look.request);
    // Whoever slept this long may have been taken for dead: what became of the person since is not this turn's to touch.
    if (isStale(desk, look.attempt)) return "under_way";
    const result = await desk.api.delete(look.attempt.customId, { tries: 1 });
    await joinOrOpenTransaction(desk.db, (tx) => settleCall({ ...desk, db: tx }, look.attempt, result));
  }
  return end;
}

/** Half of the quiet time after which others take an act for cut off. */
const isStale = ({ clock, quietMs }: ExecutionDesk, { intendedAt }: IntendedAttempt): boolean =>
  clock().getTime() - intendedAt.getTime() > quietMs / 2;

const byTheWorker = ({ auditKey }: ExecutionDesk): Mover => ({
  actor: { id: null, role: "system" },
  auditKey,
});

async function complete(desk: ExecutionDesk, request: Named): Promise<TurnEnd> {
  const by = { ...byTheWorker(desk), ledger: desk.ledger, timeZone: desk.timeZone };
  const done = await completeRequest(desk.db, request, by, desk.clock());
  if (done.ok) return "completed";
  return done.code === "waits_for_recipients" ? done.code : "went_on";
}

async function lookAt(desk: ExecutionDesk, requestId: string): Promise<Look> {
  const request = await findRequestLocked(desk.db, requestId);
  if (!request?.customId || request.closedAt !== null) return { next: "end", end: "nothing_to_do" };
  const named = { ...request, customId: request.customId };
  const open = (await listAttempts(desk.db, request)).find(({ state }) => state === "intended");
  if (open) {
    const at = desk.clock();
    const { quietMs } = desk;
    const cut = await settleCutOff(
      desk.db,
      { request: named, attempt: open, quietMs },
      byTheWorker(desk),
      at,
    );
    if (cut === null) return { next: "end", end: "under_way" };
  }
  return isErasing(request.right)
    ? lookAtErasure(desk, named)
    : settleLocalStep(desk, named, byTheWorker(desk));
}

/** Where an erasure is, and the act that comes next, written down. */
async function lookAtErasure(desk: ExecutionDesk, request: Named): Promise<Look> {
  const at = desk.clock();
  const { db } = desk;
  const attempts = await listAttempts(db, request);
  const isDue = request.nextTryAt === null || request.nextTryAt <= at;
  switch (request.state) {
    case "scheduled":
    case "failed": {
      if (request.state === "scheduled" ? !isPast(request.executeAt, at) : !isPast(request.nextTryAt, at))
        break;
      // A hold that is placed, or an enrolment that begins, at this moment is seen here, or sees this beginning.
      await lockCustomId(db, request.customId);
      if (await isHeldBack(db, request)) return { next: "end", end: "on_hold" };
      if (await isEnrolmentRunning(db, request.customId, at))
        return { next: "end", end: "enrolment_running" };
      const begun = await move(desk, request, request.state === "scheduled" ? "start" : "retry");
      return begun === null ? stop : lookAtErasure(desk, begun);
    }
    case "executing":
      if (!hasDeleted(attempts)) return call(desk, request, "delete");
      // Cut off, or tried again by a person: whether it had an effect is asked by probes.
      return (await move(desk, request, "note_unknown")) === null ? stop : { next: "end", end: "went_on" };
    case "outcome_unknown":
      if (isDue) return call(desk, request, "probe");
      break;
    case "verifying":
      if (isProven(attempts)) return { next: "complete", request };
      if (isDue) return call(desk, request, "probe");
      break;
    default:
      break;
  }
  return stop;
}

const stop: Look = { next: "end", end: "nothing_to_do" };

const isPast = (time: Date | null, at: Date): boolean => time !== null && time <= at;

async function call(desk: ExecutionDesk, request: Named, kind: AttemptKind): Promise<Look> {
  const { customId } = request;
  const attempt = await intendAttempt(desk.db, { request, kind, customId }, byTheWorker(desk), desk.clock());
  return { next: "call", attempt };
}

async function move(
  desk: ExecutionDesk,
  request: Named,
  act: "start" | "retry" | "note_unknown",
): Promise<Named | null> {
  const at = desk.clock();
  const step = act === "note_unknown" ? noteUnknown(new Date(at.getTime() + desk.quietMs)) : noteStart(act);
  const seen = { requestId: request.id, version: request.version };
  const moved: AdvanceResult = await advanceRequest(desk.db, seen, step, byTheWorker(desk), at);
  return moved.ok ? { ...moved.request, customId: request.customId } : null;
}
