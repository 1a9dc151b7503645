import { and, eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { notificationDeliveries, notificationTargets } from "#db/schema/notifications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findTargetLocked } from "./queries.ts";

/**
 * Removes a target for good: nothing is sent to it any more, also not what was under way, and its secrets are
 * forgotten. Audits `notification_target.remove`.
 */
export function removeTarget(
  db: DatabaseOrTransaction,
  targetId: string,
  actor: Actor,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: "not_found" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const target = await findTargetLocked(tx, targetId);
    if (target === null) return { ok: false, code: "not_found" };
    await tx
      .update(notificationTargets)
      .set({ removedAt: at, secretSealed: null, previousSecretSealed: null, previousSecretUntil: null })
      .where(eq(notificationTargets.id, targetId));
    const { state, targetId: ofTarget } = notificationDeliveries;
    await tx
      .update(notificationDeliveries)
      .set({ state: "given_up" })
      .where(and(eq(ofTarget, targetId), eq(state, "waiting")));
    await recordAudit(tx, {
      action: "notification_target.remove",
      actor,
      at,
      entity: { type: "notification_target", id: targetId },
      details: { kind: target.kind },
    });
    return { ok: true };
  });
}
