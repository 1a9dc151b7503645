import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { notificationTargets } from "#db/schema/notifications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findTargetLocked } from "./queries.ts";

/**
 * Tells a target nothing more until it is resumed: what happens meanwhile is never sent to it, what was under way waits.
 * Audits `notification_target.pause`.
 */
export function pauseTarget(
  db: DatabaseOrTransaction,
  targetId: string,
  actor: Actor,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: "not_found" | "paused_already" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const target = await findTargetLocked(tx, targetId);
    if (target === null) return { ok: false, code: "not_found" };
    if (target.pausedAt !== null) return { ok: false, code: "paused_already" };
    await tx.update(notificationTargets).set({ pausedAt: at }).where(eq(notificationTargets.id, targetId));
    await recordAudit(tx, {
      action: "notification_target.pause",
      actor,
      at,
      entity: { type: "notification_target", id: targetId },
      details: {},
    });
    return { ok: true };
  });
}
