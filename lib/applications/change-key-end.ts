import { eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { applicationKeys } from "#db/schema/applications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findApplicationOfKeyLocked, listUnrevokedKeys } from "./queries.ts";
import { APPLICATION_KEYS_CHANNEL } from "./schema.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Moves the end of a replaced key to so many days from now; gateways learn of it at once. Refuses `not_live` for a key
 * that has ended or was never replaced. Audits `application_key.plan_end` with before and after.
 */
export function changeKeyEnd(
  db: DatabaseOrTransaction,
  { keyId, endsInDays }: { keyId: string; endsInDays: number },
  actor: Actor,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: "not_live" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const application = await findApplicationOfKeyLocked(tx, keyId);
    if (application === null) return { ok: false, code: "not_live" };
    const keys = await listUnrevokedKeys(tx, application.id);
    const key = keys.find(({ id }) => id === keyId);
    if (key === undefined || key.endsAt === null || key.successorId === null)
      return { ok: false, code: "not_live" };
    const endsAt = new Date(at.getTime() + endsInDays * DAY_MS);
    await tx.update(applicationKeys).set({ endsAt }).where(eq(applicationKeys.id, keyId));
    await recordAudit(tx, {
      action: "application_key.plan_end",
      actor,
      at,
      entity: { type: "application_key", id: keyId },
      details: {
        applicationId: application.id,
        ending: key.ending,
        before: key.endsAt.toISOString(),
        after: endsAt.toISOString(),
        replacedBy: key.successorId,
      },
    });
    await tx.execute(sql`select pg_notify(${APPLICATION_KEYS_CHANNEL}, '')`);
    return { ok: true };
  });
}
