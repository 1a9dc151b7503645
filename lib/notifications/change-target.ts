import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { notificationTargets } from "#db/schema/notifications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findTargetLocked, isNameTaken } from "./queries.ts";
import { isForKind, type NotificationEventName, type TargetChange } from "./schema.ts";

/**
 * Changes what a target is called, is told and in which language. Its address stays: what was signed for one receiver
 * is not to reach another; make a new target for it. Refuses a name in use, and events
 * that its kind is not told. Audits `notification_target.change`.
 */
export function changeTarget(
  db: DatabaseOrTransaction,
  { targetId, name, events, locale }: TargetChange,
  actor: Actor,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: "not_found" | "name_taken" | "events_unfit" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const target = await findTargetLocked(tx, targetId);
    if (target === null) return { ok: false, code: "not_found" };
    if (!isForKind(target.kind, events)) return { ok: false, code: "events_unfit" };
    if (await isNameTaken(tx, name, targetId)) return { ok: false, code: "name_taken" };
    await tx
      .update(notificationTargets)
      .set({ name, events, locale })
      .where(eq(notificationTargets.id, targetId));
    await recordAudit(tx, {
      action: "notification_target.change",
      actor,
      at,
      entity: { type: "notification_target", id: targetId },
      details: {
        before: { events: target.events as NotificationEventName[], locale: target.locale },
        after: { events, locale },
      },
    });
    return { ok: true };
  });
}
