import { and, eq, isNotNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { requestBatches, requestBatchRows } from "#db/schema/request-batches.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { type BatchRow, findBatchLocked, hasOpenRequest } from "./queries.ts";
import { nextBatchState } from "./rules.ts";

const SYSTEM = { id: null, role: "system" } as const;

/**
 * Ends a list: once nothing of it runs any more it is completed, and one that was withdrawn is only closed. The people of
 * its rows are no longer named from here on. Audits `request_batch.complete` where it is completed.
 */
export function closeBatch(
  db: DatabaseOrTransaction,
  { id: batchId }: Pick<BatchRow, "id">,
  at: Date,
): Promise<void> {
  return joinOrOpenTransaction(db, async (tx) => {
    const batch = await findBatchLocked(tx, batchId);
    if (batch === null || batch.closedAt !== null) return;
    const after = nextBatchState(batch.state, "complete");
    if (after === null && batch.state !== "withdrawn") return;
    if (after !== null && (await hasOpenRequest(tx, batchId))) return;
    await tx
      .update(requestBatches)
      .set({ state: after ?? batch.state, closedAt: at, pausedAt: null, version: batch.version + 1 })
      .where(eq(requestBatches.id, batchId));
    await tx
      .update(requestBatchRows)
      .set({ customId: null })
      .where(and(eq(requestBatchRows.batchId, batchId), isNotNull(requestBatchRows.customId)));
    if (after === null) return;
    await recordAudit(tx, {
      action: "request_batch.complete",
      actor: SYSTEM,
      at,
      entity: { type: "request_batch", id: batchId },
      details: { before: batch.state, after },
    });
  });
}
