import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { notificationTargets } from "#db/schema/notifications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findTargetLocked } from "./queries.ts";
import { SECRET_OVERLAP_HOURS } from "./rules.ts";
import { newSecret, sealSecret } from "./seal-secret.ts";

type Rotated = { ok: true; secret: string; previousUntil: Date } | { ok: false; code: "not_found" };

/**
 * Gives a webhook a new signing secret and returns it, the only time it can be read. For a day every message carries
 * both signatures, so that the receiver can change over without missing one; one that was still overlapping ends now.
 * Audits `notification_target.rotate_secret`.
 */
export function rotateSecret(
  db: DatabaseOrTransaction,
  targetId: string,
  secretKey: Uint8Array,
  actor: Actor,
  at: Date,
): Promise<Rotated> {
  const secret = newSecret();
  const previousUntil = new Date(at.getTime() + SECRET_OVERLAP_HOURS * 3_600_000);
  return joinOrOpenTransaction(db, async (tx) => {
    const target = await findTargetLocked(tx, targetId);
    if (target === null || target.kind !== "webhook") return { ok: false, code: "not_found" };
    await tx
      .update(notificationTargets)
      .set({
        secretSealed: sealSecret(secretKey, targetId, secret),
        previousSecretSealed: target.secretSealed,
        previousSecretUntil: previousUntil,
      })
      .where(eq(notificationTargets.id, targetId));
    await recordAudit(tx, {
      action: "notification_target.rotate_secret",
      actor,
      at,
      entity: { type: "notification_target", id: targetId },
      details: { previousUntil: previousUntil.toISOString() },
    });
    return { ok: true, secret, previousUntil };
  });
}
