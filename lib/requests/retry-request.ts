import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { isHeldBack } from "#lib/holds/queries.ts";
import { type AdvanceResult, advanceRequest, type Mover, type Seen } from "./advance-request.ts";
import { findRequestLocked } from "./queries.ts";

/**
 * Tries again what failed: at once where the worker carries it out, from a new capture where one is needed. Asked by a
 * member, the count of failures begins anew. Refuses `on_hold`. Audits `request.retry`.
 */
export function retryRequest(
  db: DatabaseOrTransaction,
  seen: Seen,
  by: Mover,
  at: Date,
): Promise<AdvanceResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    const request = await findRequestLocked(tx, seen.requestId);
    if (!request?.customId) return { ok: false, code: request ? "illegal_step" : "not_found" };
    const { right, customId } = request;
    const isOnHold = await isHeldBack(tx, { right, customId });
    const isAsked = by.actor.id !== null;
    return advanceRequest(
      tx,
      seen,
      {
        act: "retry",
        refuse: () => (isOnHold ? "on_hold" : null),
        set: () => ({ nextTryAt: null, ...(isAsked ? { failures: 0 } : {}) }),
        audit: (facts, { states }) => ({ ...facts, action: "request.retry", details: states }),
      },
      by,
      at,
    );
  });
}
