import { eq } from "drizzle-orm";
import { dataRequests } from "#db/schema/requests.ts";
import type { ApiResult } from "#lib/multibiometrics/types.ts";
import { advanceRequest, type Mover, type Step } from "#lib/requests/advance-request.ts";
import type { IntendedAttempt } from "#lib/requests/intend-attempt.ts";
import { noteDone, noteFailure, noteUnknown } from "#lib/requests/note-step.ts";
import { findRequestLocked, type RequestRow } from "#lib/requests/queries.ts";
import { settleAttempt } from "#lib/requests/settle-attempt.ts";
import { type CallOutcome, nextTryAt, outcomeOf } from "./rules.ts";
import type { ExecutionDesk } from "./types.ts";

/**
 * Writes down what a DELETE came to, and moves the request accordingly: done leads to proving it, unknown to a probe after
 * the quiet time, refused to another try later or to a person. Nothing moves where the act was given up as cut off
 * meanwhile. Runs inside the caller's transaction.
 */
export async function settleCall(
  desk: ExecutionDesk,
  attempt: IntendedAttempt,
  result: ApiResult<unknown>,
): Promise<void> {
  const at = desk.clock();
  const by: Mover = { actor: { id: null, role: "system" }, auditKey: desk.auditKey };
  const request = await findRequestLocked(desk.db, attempt.requestId);
  if (request === null) throw new Error("A request that was being carried out is gone.");
  const outcome = outcomeOf(result);
  const isOurs = await settleAttempt(desk.db, attempt, { ...outcome, call: result.call }, by, at);
  if (!isOurs) return;
  const step = stepAfter(request, outcome, { at, quietMs: desk.quietMs });
  if (step === null) return keepTrying(desk, request, outcome, at);
  const seen = { requestId: request.id, version: request.version };
  const moved = await advanceRequest(desk.db, seen, step, by, at);
  if (!moved.ok) throw new Error(`A held request did not move on: ${moved.code}.`);
}

/** Where the outcome leads; null where the request stays in its state. */
function stepAfter(
  { state, failures }: RequestRow,
  { state: outcome, code }: CallOutcome,
  { at, quietMs }: { at: Date; quietMs: number },
): Step | null {
  if (outcome === "done") return state === "verifying" ? null : noteDone();
  if (state === "executing" && outcome === "unknown") return noteUnknown(new Date(at.getTime() + quietMs));
  const next = nextTryAt(failures + 1, at);
  // Of an executing delete that surely had no effect nothing has to be asked.
  return state === "executing" || next === null ? noteFailure(code, failures + 1, next) : null;
}

/** A probe that answered leaves nothing to wait for; one that did not is made again later. Its settling is in the log. */
async function keepTrying(
  { db, quietMs }: ExecutionDesk,
  { id, failures }: RequestRow,
  { state }: CallOutcome,
  at: Date,
): Promise<void> {
  const isAnswered = state === "done";
  const later = nextTryAt(failures + 1, at);
  const quiet = new Date(at.getTime() + quietMs);
  // A probe without an answer may still arrive: nothing is asked, and nobody let in again, before it cannot.
  const next = state === "unknown" && later !== null && later < quiet ? quiet : later;
  await db
    .update(dataRequests)
    .set(isAnswered ? { failures: 0, nextTryAt: null } : { failures: failures + 1, nextTryAt: next })
    .where(eq(dataRequests.id, id));
}
