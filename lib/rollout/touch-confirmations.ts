import { and, desc, eq, isNotNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { rolloutChanges } from "#db/schema/rollouts.ts";
import { countConfirmed, findIntent } from "./queries.ts";

/**
 * Notes at the newest change how many gateways run, how many of them run what it asks, and after how many milliseconds the
 * last of them took it. What was noted stays once another change has made a newer intent.
 */
export async function touchConfirmations(db: DatabaseOrTransaction, now: Date): Promise<void> {
  const intent = await findIntent(db);
  if (intent === null) return;
  const [change] = await db
    .select({ id: rolloutChanges.id, version: rolloutChanges.intentVersion })
    .from(rolloutChanges)
    .where(and(isNotNull(rolloutChanges.intentVersion), eq(rolloutChanges.intentVersion, intent.version)))
    .orderBy(desc(rolloutChanges.at), desc(rolloutChanges.id))
    .limit(1);
  if (change === undefined) return;
  const { running, confirmed, slowestMs } = await countConfirmed(db, intent.version, now);
  await db
    .update(rolloutChanges)
    .set({ gatewaysRunning: running, gatewaysConfirmed: confirmed, confirmedMs: slowestMs })
    .where(eq(rolloutChanges.id, change.id));
}
