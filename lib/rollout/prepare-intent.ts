import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { rolloutIntents } from "#db/schema/control.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { BIOMETRIC_LOGIN_FLAG, ROLLOUT_INTENT_CHANNEL } from "./schema.ts";

/**
 * Writes the intent of the flag once, at the first start: 100 percent for a trial on the embedded Unleash, 0 beside a
 * real one, so that nobody is exposed until someone advances. An existing intent is never changed. Audits
 * `rollout_intent.prepare` when it wrote one.
 */
export async function prepareIntent(
  db: DatabaseOrTransaction,
  { exposurePercent }: { exposurePercent: 0 | 100 },
  at: Date,
): Promise<void> {
  await joinOrOpenTransaction(db, async (tx) => {
    const written = await tx
      .insert(rolloutIntents)
      .values({ flag: BIOMETRIC_LOGIN_FLAG, exposurePercent, changedAt: at })
      .onConflictDoNothing()
      .returning({ flag: rolloutIntents.flag });
    if (written.length === 0) return;
    await recordAudit(tx, {
      action: "rollout_intent.prepare",
      actor: { id: null, role: "system" },
      at,
      entity: { type: "rollout_intent", id: BIOMETRIC_LOGIN_FLAG },
      details: { exposurePercent },
    });
    await tx.execute(sql`select pg_notify(${ROLLOUT_INTENT_CHANNEL}, '1')`);
  });
}
