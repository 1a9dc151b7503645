import { eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { applicationKeys } from "#db/schema/applications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findApplicationOfKeyLocked, listUnrevokedKeys } from "./queries.ts";
import { isQuiet } from "./rules.ts";
import { APPLICATION_KEYS_CHANNEL } from "./schema.ts";

/**
 * Ends a replaced key before its day. Refuses `still_used` until its successor was used and nobody called with the old
 * key for 24 hours, and `not_live` for a key that has ended or was never replaced. Audits `application_key.end`.
 */
export function endApplicationKey(
  db: DatabaseOrTransaction,
  { keyId }: { keyId: string },
  actor: Actor,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: "not_live" | "still_used" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const application = await findApplicationOfKeyLocked(tx, keyId);
    if (application === null) return { ok: false, code: "not_live" };
    const keys = await listUnrevokedKeys(tx, application.id);
    const key = keys.find(({ id }) => id === keyId);
    const successor = key?.plannedEnd.successor;
    if (key === undefined || !successor?.isLive) return { ok: false, code: "not_live" };
    if (successor.firstUsedAt === null || !isQuiet(key, at)) return { ok: false, code: "still_used" };
    await tx.update(applicationKeys).set({ revokedAt: at }).where(eq(applicationKeys.id, keyId));
    await recordAudit(tx, {
      action: "application_key.end",
      actor,
      at,
      entity: { type: "application_key", id: keyId },
      details: { applicationId: application.id, ending: key.ending },
    });
    await tx.execute(sql`select pg_notify(${APPLICATION_KEYS_CHANNEL}, '')`);
    return { ok: true };
  });
}
