import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import type { Actor } from "#lib/audit/types.ts";
import { executeAt, isErasing } from "#lib/requests/rules.ts";
import { type AdvanceBatchResult, advanceBatch, type SeenBatch } from "./advance-batch.ts";
import { findBatchLocked } from "./queries.ts";
import { refusalToApprove } from "./rules.ts";

/** What the second person saw, and how the installation decides. */
export type BatchApproval = SeenBatch & {
  previewDigest: string;
  delayHours: number;
  isSingleControl: boolean;
};

/**
 * The second person approves a list, bound to the exact previews of all its requests; the worker settles each of them in
 * their name. Refuses `not_second_person`, `preview_changed` and `approval_expired`; of two who approve at once the later
 * is told `stale_version`. Audits `request_batch.approve`.
 */
export function approveBatch(
  db: DatabaseOrTransaction,
  { previewDigest, delayHours, isSingleControl, ...seen }: BatchApproval,
  actor: Extract<Actor, { id: string }>,
  at: Date,
): Promise<AdvanceBatchResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    const found = await findBatchLocked(tx, seen.batchId);
    if (found === null) return { ok: false, code: "not_found" };
    const waits = isErasing(found.right);
    const executesAt = executeAt(at, {
      delayHours: waits ? delayHours : 0,
      overdueFrom: found.dueAt,
      isSingleControl: waits && isSingleControl,
    });
    const asked = { memberId: actor.id, previewDigest, isSingleControl };
    return advanceBatch(tx, seen, {
      act: "approve",
      refuse: (batch) => refusalToApprove(batch, asked, at),
      set: { decidedBy: actor.id, decidedAt: at, isSingleControl, executeAt: executesAt },
      audit: (states) => ({
        action: "request_batch.approve",
        actor,
        at,
        entity: { type: "request_batch", id: seen.batchId },
        details: { ...states, previewDigest, executeAt: executesAt.toISOString(), isSingleControl },
      }),
    });
  });
}
