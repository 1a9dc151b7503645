import { eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { applications } from "#db/schema/applications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findApplicationLocked } from "./queries.ts";
import { APPLICATION_KEYS_CHANNEL } from "./schema.ts";
import type { DisableReason } from "./types.ts";

/**
 * Stops an application: gateways refuse all its keys within seconds, and take them again once it is enabled. Refuses
 * `stale_version` where somebody changed it meanwhile or it is disabled already, and `not_found`. Audits
 * `application.disable`.
 */
export function disableApplication(
  db: DatabaseOrTransaction,
  { applicationId, version, reason }: { applicationId: string; version: number; reason: DisableReason },
  actor: Actor,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: "not_found" | "stale_version" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const found = await findApplicationLocked(tx, applicationId);
    if (found === null) return { ok: false, code: "not_found" };
    if (found.version !== version || found.disabledAt !== null) return { ok: false, code: "stale_version" };
    await tx
      .update(applications)
      .set({ disabledAt: at, version: version + 1 })
      .where(eq(applications.id, applicationId));
    await recordAudit(tx, {
      action: "application.disable",
      actor,
      at,
      entity: { type: "application", id: applicationId },
      details: { name: found.name, reason },
    });
    await tx.execute(sql`select pg_notify(${APPLICATION_KEYS_CHANNEL}, '')`);
    return { ok: true };
  });
}
