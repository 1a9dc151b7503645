import { desc } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { auditEpochs } from "#db/schema/audit.ts";
import { wrappedEpochKey } from "./name-subject.ts";
import { recordAudit } from "./record-audit.ts";
import type { Actor } from "./types.ts";

/**
 * Makes the next epoch: from its commit on people are named under a new random key, and what was named before keeps its
 * name and is still found. Of two rotations at once one throws. Audits `audit_epoch.rotate`.
 */
export function rotateEpoch(
  db: DatabaseOrTransaction,
  key: Uint8Array,
  actor: Actor,
  at: Date,
): Promise<{ epoch: number }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const [newest] = await tx
      .select({ epoch: auditEpochs.epoch })
      .from(auditEpochs)
      .orderBy(desc(auditEpochs.epoch))
      .limit(1);
    const epoch = (newest?.epoch ?? 0) + 1;
    await tx.insert(auditEpochs).values({ epoch, wrappedKey: wrappedEpochKey(key, epoch), createdAt: at });
    await recordAudit(tx, {
      action: "audit_epoch.rotate",
      actor,
      at,
      entity: { type: "audit_epoch", id: String(epoch) },
      details: { before: newest?.epoch ?? null, after: epoch },
    });
    return { epoch };
  });
}
