import { eq, gte } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { gateways, rolloutIntents } from "#db/schema/control.ts";
import type { Exposure } from "./types.ts";

export const BIOMETRIC_LOGIN_FLAG = "biometric-login";
/** A gateway that has not reported for so long counts as gone. */
const GATEWAY_SILENCE_SECONDS = 60;

/** The exposure in force and the gateways that confirm it; null before the rollout has been prepared. */
export async function findExposure(db: DatabaseOrTransaction, now: Date): Promise<Exposure | null> {
  const [intent] = await db
    .select()
    .from(rolloutIntents)
    .where(eq(rolloutIntents.flag, BIOMETRIC_LOGIN_FLAG));
  if (!intent) return null;
  const running = await db
    .select({ intentVersion: gateways.intentVersion })
    .from(gateways)
    .where(gte(gateways.seenAt, new Date(now.getTime() - GATEWAY_SILENCE_SECONDS * 1000)));
  return {
    exposurePercent: intent.exposurePercent,
    halted: intent.halted,
    confirmedGateways: running.filter((gateway) => gateway.intentVersion === intent.version).length,
    runningGateways: running.length,
  };
}
