import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import type { Actor } from "#lib/audit/types.ts";
import { type AdvanceBatchResult, advanceBatch, type SeenBatch } from "./advance-batch.ts";

/**
 * Takes a list back: nothing more of it is sent from now on, and the worker withdraws those of its requests that are not
 * carried out yet. What was done stays done. Audits `request_batch.withdraw`.
 */
export function withdrawBatch(
  db: DatabaseOrTransaction,
  { reason, ...seen }: SeenBatch & { reason: string },
  actor: Extract<Actor, { id: string }>,
  at: Date,
): Promise<AdvanceBatchResult> {
  return joinOrOpenTransaction(db, (tx) =>
    advanceBatch(tx, seen, {
      act: "withdraw",
      set: { pausedAt: at },
      audit: (states) => ({
        action: "request_batch.withdraw",
        actor,
        at,
        entity: { type: "request_batch", id: seen.batchId },
        details: { ...states, reason },
      }),
    }),
  );
}
