import { eq, max } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { requestAttempts } from "#db/schema/requests.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { newIdAt } from "#lib/ids.ts";
import type { Mover } from "./advance-request.ts";
import type { RequestRow } from "./queries.ts";
import type { AttemptKind } from "./types.ts";

/** An act that was written down and is to be done, or settled, next. */
export type IntendedAttempt = {
  attemptId: string;
  number: number;
  kind: AttemptKind;
  requestId: string;
  customId: string;
  intendedAt: Date;
};

/**
 * Writes down what is about to be done for a request that the caller holds; done only once this is committed. Throws
 * what PostgreSQL throws where another act of the request is under way, or a second executing delete of its round is
 * meant, which its indexes refuse. Audits `request.attempt`.
 */
export async function intendAttempt(
  tx: DatabaseOrTransaction,
  {
    request,
    kind,
    customId,
  }: { request: Pick<RequestRow, "id" | "round">; kind: AttemptKind; customId: string },
  { actor, auditKey }: Mover,
  at: Date,
): Promise<IntendedAttempt> {
  const { id: requestId, round } = request;
  const [last] = await tx
    .select({ number: max(requestAttempts.number) })
    .from(requestAttempts)
    .where(eq(requestAttempts.requestId, requestId));
  const number = (last?.number ?? 0) + 1;
  const attemptId = newIdAt(at);
  await tx
    .insert(requestAttempts)
    .values({ id: attemptId, requestId, round, number, kind, state: "intended", intendedAt: at });
  await recordAudit(tx, {
    action: "request.attempt",
    actor,
    at,
    entity: { type: "request", id: requestId },
    subject: { customId, key: auditKey },
    details: { attemptId, number, kind },
  });
  return { attemptId, number, kind, requestId, customId, intendedAt: at };
}
