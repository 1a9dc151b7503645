import type { DatabaseOrTransaction } from "#db/client.ts";
import { advanceRequest, type Mover } from "#lib/requests/advance-request.ts";
import { listOpenErasures, type RequestRow } from "#lib/requests/queries.ts";
import { isErasurePending } from "#lib/requests/rules.ts";
import { withdrawRequest } from "#lib/requests/withdraw-request.ts";
import { carriedOutAs } from "./erase-again.ts";
import type { Standing } from "./types.ts";

/**
 * Keeps somebody who enrolled anew from being erased by a request that a restored database holds for open and that was
 * carried out before: it is withdrawn, and where it is past the point at which that can be done, stopped for good until a
 * person looks. Requests that came after the enrolment are left as they are. Runs inside the caller's transaction. Audits
 * each step.
 */
export async function releaseEnrolled(
  tx: DatabaseOrTransaction,
  { customId, requestId, protocol, enrolledAt }: Standing,
  by: Mover,
  at: Date,
): Promise<{ withdrawn: number; stopped: string[] }> {
  const open = await listOpenErasures(tx, customId);
  // Nobody can enrol while an approved request is open, so one from before the enrolment had ended.
  const hadEnded = (one: RequestRow) =>
    one.id === requestId || (isErasurePending(one) && enrolledAt !== null && one.openedAt < enrolledAt);
  const result = { withdrawn: 0, stopped: [] as string[] };
  for (const one of open.filter(hadEnded)) {
    const seen = { requestId: one.id, version: one.version };
    const done = await withdrawRequest(tx, { ...seen, reason: carriedOutAs(protocol) }, by, at);
    if (done.ok) result.withdrawn += 1;
    else if (await stopRequest(tx, one, by, at)) result.stopped.push(one.protocol);
  }
  return result;
}

/** Already failed, with nothing to be tried: so it stands after the first time. */
async function stopRequest(
  tx: DatabaseOrTransaction,
  { id: requestId, version, state, nextTryAt, protocol }: RequestRow,
  by: Mover,
  at: Date,
): Promise<boolean> {
  if (state === "failed" && nextTryAt === null) return true;
  const stopped = await advanceRequest(
    tx,
    { requestId, version },
    {
      act: "note_failure",
      set: () => ({ nextTryAt: null }),
      audit: (facts, { states }) => ({
        ...facts,
        action: "request.note_failure",
        details: { ...states, code: "enrolled_anew", nextTryAt: null },
      }),
    },
    by,
    at,
  );
  if (!stopped.ok) throw new Error(`${protocol} could not be stopped: ${stopped.code}.`);
  return true;
}
