import { isNull, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { auditVerifications } from "#db/schema/audit.ts";
import { newIdAt } from "#lib/ids.ts";
import { getTreeSize } from "./prove-entries.ts";
import { recordAudit } from "./record-audit.ts";
import { VERIFICATION_CHANNEL } from "./schema.ts";
import type { Actor } from "./types.ts";

/**
 * Asks the worker to verify the log as it is now, and says under which id its progress can be followed. While one is
 * waiting or under way that one is meant. Audits `audit.verify` where a member asks; the nightly one is nobody's act.
 */
export function requestVerification(
  db: DatabaseOrTransaction,
  actor: Actor,
  at: Date,
): Promise<{ verificationId: string }> {
  return joinOrOpenTransaction(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse-audit'), hashtext('verify'))`);
    const [open] = await tx
      .select({ id: auditVerifications.id })
      .from(auditVerifications)
      .where(isNull(auditVerifications.finishedAt));
    if (open) return { verificationId: open.id };
    const id = newIdAt(at);
    const treeSize = await getTreeSize(tx);
    await tx.insert(auditVerifications).values({ id, startedBy: actor.id, startedAt: at, treeSize });
    if (actor.id !== null) {
      await recordAudit(tx, {
        action: "audit.verify",
        actor,
        at,
        entity: { type: "audit", id },
        details: { treeSize },
      });
    }
    await tx.execute(sql`select pg_notify(${VERIFICATION_CHANNEL}, '')`);
    return { verificationId: id };
  });
}
