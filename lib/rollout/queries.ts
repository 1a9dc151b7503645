import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { rolloutIntents } from "#db/schema/control.ts";
import { BIOMETRIC_LOGIN_FLAG, type RolloutIntent } from "./schema.ts";

/** What we want of the flag `biometric-login` now, or null before the first start has written it. */
export async function findIntent(db: DatabaseOrTransaction): Promise<RolloutIntent | null> {
  const rows = await db
    .select({
      exposurePercent: rolloutIntents.exposurePercent,
      offersEarlyAdopters: rolloutIntents.offersEarlyAdopters,
      halted: rolloutIntents.halted,
      version: rolloutIntents.version,
    })
    .from(rolloutIntents)
    .where(eq(rolloutIntents.flag, BIOMETRIC_LOGIN_FLAG));
  return rows[0] ?? null;
}

/** When the intent last changed; null before there is one. */
export async function findIntentChange(db: DatabaseOrTransaction): Promise<Date | null> {
  const rows = await db
    .select({ changedAt: rolloutIntents.changedAt })
    .from(rolloutIntents)
    .where(eq(rolloutIntents.flag, BIOMETRIC_LOGIN_FLAG));
  return rows[0]?.changedAt ?? null;
}
