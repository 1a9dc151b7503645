import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import type { Actor } from "#lib/audit/types.ts";
import { isRuled } from "#lib/requests/rules.ts";
import { type AdvanceBatchResult, advanceBatch, type SeenBatch } from "./advance-batch.ts";
import { countRows } from "./queries.ts";

/**
 * The officer who looked at a checked list lets its good rows become requests, each proposed to be granted with these
 * words; the worker opens them. A list whose approval did not come in time is assessed anew the same way; one that the
 * installation made is assessed by its rule alone. Refuses `nothing_good`. Audits `request_batch.assess`.
 */
export function assessBatch(
  db: DatabaseOrTransaction,
  { assessment, ...seen }: SeenBatch & { assessment: string },
  actor: Extract<Actor, { id: string }>,
  at: Date,
): Promise<AdvanceBatchResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    const { byState } = await countRows(tx, seen.batchId);
    const good = byState.good + byState.opened;
    const set = { assessment, assessedBy: actor.id, assessedAt: at, preview: null, previewDigest: null };
    return advanceBatch(tx, seen, {
      act: "assess",
      set,
      refuse: ({ channel }) => (isRuled(channel) ? "illegal_step" : good === 0 ? "nothing_good" : null),
      audit: (states) => ({
        action: "request_batch.assess",
        actor,
        at,
        entity: { type: "request_batch", id: seen.batchId },
        details: { ...states, good, leftOut: byState.left_out },
      }),
    });
  });
}
