import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { requestBatches } from "#db/schema/request-batches.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { AuditEntry } from "#lib/audit/types.ts";
import type { BatchState } from "#lib/requests/types.ts";
import { type BatchRow, findBatchLocked } from "./queries.ts";
import { nextBatchState } from "./rules.ts";
import type { BatchAct, BatchRefusal } from "./types.ts";

export type AdvanceBatchResult = { ok: true; batch: BatchRow } | { ok: false; code: BatchRefusal };

/** The list as the caller saw it. */
export type SeenBatch = { batchId: string; version: number };

export type BatchStep = {
  act: BatchAct;
  /** The entry of the step; the worker's own steps have one only where somebody's decision hangs on them. */
  audit?: (states: { before: BatchState; after: BatchState }, batch: BatchRow) => AuditEntry;
  /** A last look at the list, held; a code refuses the step. */
  refuse?: (batch: BatchRow) => BatchRefusal | null;
  /** What else changes with the step. */
  set?: Partial<typeof requestBatches.$inferInsert>;
};

/**
 * The one place where a list moves: held, of the version that was seen, along a legal step. Audits what the step says.
 * Runs inside the caller's transaction.
 */
export async function advanceBatch(
  tx: DatabaseOrTransaction,
  { batchId, version }: SeenBatch,
  { act, audit, refuse, set }: BatchStep,
): Promise<AdvanceBatchResult> {
  const batch = await findBatchLocked(tx, batchId);
  if (batch === null) return { ok: false, code: "not_found" };
  if (batch.version !== version) return { ok: false, code: "stale_version" };
  const next = nextBatchState(batch.state, act);
  if (next === null) return { ok: false, code: "illegal_step" };
  const refusal = refuse?.(batch) ?? null;
  if (refusal !== null) return { ok: false, code: refusal };
  const [moved] = await tx
    .update(requestBatches)
    .set({ ...set, state: next, version: version + 1 })
    .where(eq(requestBatches.id, batchId))
    .returning();
  if (!moved) throw new Error("A list that was held is gone.");
  if (audit) await recordAudit(tx, audit({ before: batch.state, after: next }, moved));
  return { ok: true, batch: moved };
}
