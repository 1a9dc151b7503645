import { and, eq, isNull, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { applicationKeys } from "#db/schema/applications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findApplicationOfKeyLocked } from "./queries.ts";
import { APPLICATION_KEYS_CHANNEL } from "./schema.ts";
import type { RevokeReason } from "./types.ts";

/**
 * Ends a key for good, whoever calls with it: gateways refuse it within seconds. The key it was to replace, if any, goes
 * on without an end. A key that is unknown or already ended is answered `not_live` and changes nothing. Audits
 * `application_key.revoke`.
 */
export function revokeApplicationKey(
  db: DatabaseOrTransaction,
  { keyId, reason }: { keyId: string; reason: RevokeReason },
  actor: Actor,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: "not_live" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const application = await findApplicationOfKeyLocked(tx, keyId);
    const revoked = await tx
      .update(applicationKeys)
      .set({ revokedAt: at })
      .where(and(eq(applicationKeys.id, keyId), isNull(applicationKeys.revokedAt)))
      .returning({ ending: applicationKeys.ending });
    const row = revoked[0];
    if (application === null || row === undefined) return { ok: false, code: "not_live" };
    const kept = await tx
      .update(applicationKeys)
      .set({ endsAt: null, replacedBy: null })
      .where(and(eq(applicationKeys.replacedBy, keyId), isNull(applicationKeys.revokedAt)))
      .returning({ id: applicationKeys.id });
    await recordAudit(tx, {
      action: "application_key.revoke",
      actor,
      at,
      entity: { type: "application_key", id: keyId },
      details: { applicationId: application.id, ending: row.ending, reason, goesOn: kept[0]?.id ?? null },
    });
    await tx.execute(sql`select pg_notify(${APPLICATION_KEYS_CHANNEL}, '')`);
    return { ok: true };
  });
}
