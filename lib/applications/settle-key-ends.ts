import { eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { applicationKeys } from "#db/schema/applications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { findApplicationLocked, listUnrevokedKeys } from "./queries.ts";
import { endInForce, isEnded } from "./rules.ts";
import { APPLICATION_KEYS_CHANNEL } from "./schema.ts";

/**
 * Writes down the ends that have come of an application's keys; gateways have refused these keys since, by their own
 * clocks. A key whose successor was never used is left as it is. Audits `application_key.end` by the system, each.
 */
export function settleKeyEnds(
  db: DatabaseOrTransaction,
  { applicationId }: { applicationId: string },
  at: Date,
): Promise<void> {
  return joinOrOpenTransaction(db, async (tx) => {
    await findApplicationLocked(tx, applicationId);
    for (const { id, ending, plannedEnd } of await listUnrevokedKeys(tx, applicationId)) {
      const endsAt = endInForce(plannedEnd);
      if (endsAt === null || !isEnded({ endsAt }, at)) continue;
      await tx.update(applicationKeys).set({ revokedAt: endsAt }).where(eq(applicationKeys.id, id));
      await recordAudit(tx, {
        action: "application_key.end",
        actor: { id: null, role: "system" },
        at,
        entity: { type: "application_key", id },
        details: { applicationId, ending },
      });
      await tx.execute(sql`select pg_notify(${APPLICATION_KEYS_CHANNEL}, '')`);
    }
  });
}
