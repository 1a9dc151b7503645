import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { notificationTargets } from "#db/schema/notifications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findTargetLocked } from "./queries.ts";

/**
 * Tells a paused target again what happens from now on, and tries again what was under way. Audits
 * `notification_target.resume`.
 */
export function resumeTarget(
  db: DatabaseOrTransaction,
  targetId: string,
  actor: Actor,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: "not_found" | "not_paused" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const target = await findTargetLocked(tx, targetId);
    if (target === null) return { ok: false, code: "not_found" };
    if (target.pausedAt === null) return { ok: false, code: "not_paused" };
    await tx.update(notificationTargets).set({ pausedAt: null }).where(eq(notificationTargets.id, targetId));
    await recordAudit(tx, {
      action: "notification_target.resume",
      actor,
      at,
      entity: { type: "notification_target", id: targetId },
      details: {},
    });
    return { ok: true };
  });
}
