import { and, eq, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { applicationKeys } from "#db/schema/applications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";

/**
 * Notes that a member has put the key into the company's own store; said once, it stays. A key that is unknown, ended
 * or confirmed already is answered `not_live` and changes nothing. Audits `application_key.confirm_stored`.
 */
export function confirmKeyStored(
  db: DatabaseOrTransaction,
  { keyId }: { keyId: string },
  actor: Actor,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: "not_live" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const { id, storedAt, revokedAt, applicationId, ending } = applicationKeys;
    const stored = await tx
      .update(applicationKeys)
      .set({ storedAt: at })
      .where(and(eq(id, keyId), isNull(storedAt), isNull(revokedAt)))
      .returning({ applicationId, ending });
    const details = stored[0];
    if (details === undefined) return { ok: false, code: "not_live" };
    await recordAudit(tx, {
      action: "application_key.confirm_stored",
      actor,
      at,
      entity: { type: "application_key", id: keyId },
      details,
    });
    return { ok: true };
  });
}
