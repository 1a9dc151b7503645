import { and, eq, isNull, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { applicationKeys } from "#db/schema/applications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { APPLICATION_KEYS_CHANNEL } from "./schema.ts";

/**
 * Ends a key for good: gateways refuse it within seconds. A key that is unknown or already ended is answered
 * `not_live` and changes nothing. Audits `application_key.revoke`.
 */
export function revokeApplicationKey(
  db: DatabaseOrTransaction,
  { keyId }: { keyId: string },
  actor: Actor,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: "not_live" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const ended = await tx
      .update(applicationKeys)
      .set({ revokedAt: at })
      .where(and(eq(applicationKeys.id, keyId), isNull(applicationKeys.revokedAt)))
      .returning({ applicationId: applicationKeys.applicationId, ending: applicationKeys.ending });
    const row = ended[0];
    if (row === undefined) return { ok: false, code: "not_live" };
    await recordAudit(tx, {
      action: "application_key.revoke",
      actor,
      at,
      entity: { type: "application_key", id: keyId },
      details: row,
    });
    await tx.execute(sql`select pg_notify(${APPLICATION_KEYS_CHANNEL}, '')`);
    return { ok: true };
  });
}
