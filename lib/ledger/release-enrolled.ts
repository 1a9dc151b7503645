import { and, eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { requestAttempts } from "#db/schema/requests.ts";
import { advanceRequest, type Mover } from "#lib/requests/advance-request.ts";
import { listOpenErasures, type RequestRow } from "#lib/requests/queries.ts";
import { isErasurePending, nextState } from "#lib/requests/rules.ts";
import { settleAttempt } from "#lib/requests/settle-attempt.ts";
import { carriedOutAs } from "./erase-again.ts";
import type { Standing } from "./types.ts";

/**
 * Keeps somebody who enrolled anew from being erased by a request that a restored database holds for open and that was
 * carried out before: it is withdrawn, also in the middle of its execution, so that neither the worker nor anybody who
 * tries it again can go on with it, and the block it set goes with it. Requests that came after the enrolment are left as
 * they are. Runs inside the caller's transaction. Audits each step; answers how many.
 */
export async function releaseEnrolled(
  tx: DatabaseOrTransaction,
  { customId, requestId, protocol, enrolledAt }: Standing,
  by: Mover,
  at: Date,
): Promise<number> {
  const open = await listOpenErasures(tx, customId);
  // Nobody can enrol while an approved request is open, so one from before the enrolment had ended.
  const hadEnded = (one: RequestRow) =>
    one.id === requestId || (isErasurePending(one) && enrolledAt !== null && one.openedAt < enrolledAt);
  const ended = open.filter(hadEnded);
  for (const one of ended) {
    await giveUpAttempt(tx, { ...one, customId }, by, at);
    await close(tx, one, carriedOutAs(protocol), by, at);
  }
  return ended.length;
}

/** An act that was under way when the backup was made: nobody here knows what came of it. */
async function giveUpAttempt(
  tx: DatabaseOrTransaction,
  { id: requestId, customId }: RequestRow & { customId: string },
  by: Mover,
  at: Date,
): Promise<void> {
  const { id: attemptId, number, kind } = requestAttempts;
  const [attempt] = await tx
    .select({ attemptId, number, kind })
    .from(requestAttempts)
    .where(and(eq(requestAttempts.requestId, requestId), eq(requestAttempts.state, "intended")));
  if (!attempt) return;
  const outcome = { state: "unknown", code: "cut_off", call: null } as const;
  await settleAttempt(tx, { ...attempt, requestId, customId }, outcome, by, at);
}

async function close(
  tx: DatabaseOrTransaction,
  { id: requestId, version, right, state, protocol }: RequestRow,
  reason: string,
  by: Mover,
  at: Date,
): Promise<void> {
  const closed = await advanceRequest(
    tx,
    { requestId, version },
    {
      act: nextState(right, state, "withdraw") === null ? "close_carried_out" : "withdraw",
      set: () => ({ nextTryAt: null }),
      audit: (facts, { states }) => ({
        ...facts,
        action: "request.withdraw",
        details: { ...states, reason },
      }),
    },
    by,
    at,
  );
  if (!closed.ok) throw new Error(`${protocol} could not be closed: ${closed.code}.`);
}
