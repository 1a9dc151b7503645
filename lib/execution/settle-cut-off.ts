import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Mover } from "#lib/requests/advance-request.ts";
import type { RequestRow } from "#lib/requests/queries.ts";
import { settleAttempt } from "#lib/requests/settle-attempt.ts";
import type { AttemptRow } from "./queries.ts";

/** The code of an act whose worker ended before it could settle it. */
export const CUT_OFF = "cut_off";

/**
 * An act that was written down and of which nothing came: whoever did it was cut off, so it may have had an effect.
 * Null where it may still be under way. Runs inside the caller's transaction. Audits `request.settle_attempt`.
 */
export async function settleCutOff(
  tx: DatabaseOrTransaction,
  {
    request,
    attempt,
    quietMs,
  }: { request: RequestRow & { customId: string }; attempt: AttemptRow; quietMs: number },
  by: Mover,
  at: Date,
): Promise<{ settledAt: Date } | null> {
  if (at.getTime() - attempt.intendedAt.getTime() < quietMs) return null;
  const { id: attemptId, number, kind } = attempt;
  const { id: requestId, customId } = request;
  const outcome = { state: "unknown", code: CUT_OFF, call: null } as const;
  await settleAttempt(tx, { attemptId, number, kind, requestId, customId }, outcome, by, at);
  return { settledAt: at };
}
