import { and, eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { requestAttempts } from "#db/schema/requests.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { CallFacts } from "#lib/multibiometrics/types.ts";
import type { Mover } from "./advance-request.ts";
import type { IntendedAttempt } from "./intend-attempt.ts";
import type { AttemptState } from "./types.ts";

export type AttemptOutcome = {
  state: Exclude<AttemptState, "intended">;
  /** `ok`, or why not: an ApiFailureCode, or what this end made of it. */
  code: string;
  /** Null where the act is not a call, or nothing is known of it. */
  call: CallFacts | null;
};

/**
 * Writes down what came of an act. False where it was settled already, as cut off: then its outcome was taken for
 * unknown, and stays so. Audits `request.settle_attempt`.
 */
export async function settleAttempt(
  tx: DatabaseOrTransaction,
  attempt: Omit<IntendedAttempt, "intendedAt">,
  { state, code, call }: AttemptOutcome,
  { actor, auditKey }: Mover,
  at: Date,
): Promise<boolean> {
  const { attemptId, number, kind, requestId, customId } = attempt;
  const { status = null, answerSha256 = null, latencyMs = null } = call ?? {};
  const settled = await tx
    .update(requestAttempts)
    .set({ state, code, apiStatus: status, answerSha256, latencyMs, settledAt: at })
    .where(and(eq(requestAttempts.id, attemptId), eq(requestAttempts.state, "intended")))
    .returning({ id: requestAttempts.id });
  if (settled.length === 0) return false;
  await recordAudit(tx, {
    action: "request.settle_attempt",
    actor,
    at,
    entity: { type: "request", id: requestId },
    subject: { customId, key: auditKey },
    details: { attemptId, number, kind, state, code, status, answerSha256 },
  });
  return true;
}
