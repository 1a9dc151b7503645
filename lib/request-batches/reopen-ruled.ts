import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { APPROVAL_HOURS } from "#lib/requests/rules.ts";
import { advanceBatch } from "./advance-batch.ts";
import { countRows, listExpiredRuled } from "./queries.ts";

/**
 * Looks anew at the lists that the installation made and on which nobody decided in time: the worker proposes each of their
 * requests again, and lets go of who is kept meanwhile. Answers how many. Audits `request_batch.assess`.
 */
export async function reopenRuled(db: DatabaseOrTransaction, at: Date): Promise<number> {
  const expired = await listExpiredRuled(db, new Date(at.getTime() - APPROVAL_HOURS * 3_600_000));
  for (const seen of expired) {
    await joinOrOpenTransaction(db, async (tx) => {
      const { byState } = await countRows(tx, seen.batchId);
      return advanceBatch(tx, seen, {
        act: "assess",
        set: { assessedAt: at, preview: null, previewDigest: null },
        audit: (states) => ({
          action: "request_batch.assess",
          actor: { id: null, role: "system" },
          at,
          entity: { type: "request_batch", id: seen.batchId },
          details: { ...states, good: byState.good + byState.opened, leftOut: byState.left_out },
        }),
      });
    });
  }
  return expired.length;
}
