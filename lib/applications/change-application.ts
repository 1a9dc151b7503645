import { eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { applications } from "#db/schema/applications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findApplicationByName, findApplicationLocked } from "./queries.ts";
import { APPLICATION_KEYS_CHANNEL, type NewApplication, newApplicationSchema } from "./schema.ts";

type Change = NewApplication & { applicationId: string; version: number };

/**
 * Gives an application another name or other channels; gateways learn of it at once, and record a channel that was
 * taken away as `other` from then on. Refuses `stale_version` where somebody changed it meanwhile, `name_taken`,
 * `not_found`. Throws ZodError for a bad name or channel. Audits `application.change` with before and after.
 */
export function changeApplication(
  db: DatabaseOrTransaction,
  { applicationId, version, ...values }: Change,
  actor: Actor,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: "not_found" | "stale_version" | "name_taken" }> {
  const after = newApplicationSchema.parse(values);
  return joinOrOpenTransaction(db, async (tx) => {
    // Names are looked up and then taken: two administrators at once take turns.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('application names'))`);
    const found = await findApplicationLocked(tx, applicationId);
    if (found === null) return { ok: false, code: "not_found" };
    if (found.version !== version) return { ok: false, code: "stale_version" };
    const named = await findApplicationByName(tx, after.name);
    if (named !== null && named.id !== applicationId) return { ok: false, code: "name_taken" };
    await tx
      .update(applications)
      .set({ ...after, version: version + 1 })
      .where(eq(applications.id, applicationId));
    await recordAudit(tx, {
      action: "application.change",
      actor,
      at,
      entity: { type: "application", id: applicationId },
      details: { before: { name: found.name, channels: found.channels }, after },
    });
    await tx.execute(sql`select pg_notify(${APPLICATION_KEYS_CHANNEL}, '')`);
    return { ok: true };
  });
}
