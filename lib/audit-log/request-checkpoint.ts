import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { CHECKPOINT_CHANNEL } from "#lib/audit/schema.ts";
import type { Actor } from "#lib/audit/types.ts";

/** Asks the worker to sign everything up to now, this request included. Audits `audit.sign`. */
export function requestCheckpoint(db: DatabaseOrTransaction, actor: Actor, at: Date): Promise<void> {
  return joinOrOpenTransaction(db, async (tx) => {
    await recordAudit(tx, {
      action: "audit.sign",
      actor,
      at,
      entity: { type: "audit", id: null },
      details: {},
    });
    await tx.execute(sql`select pg_notify(${CHECKPOINT_CHANNEL}, '')`);
  });
}
