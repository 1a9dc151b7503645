import { gte } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { gateways } from "#db/schema/control.ts";
import { findCircuitSwitch } from "#lib/circuit/queries.ts";
import { isHeldOpen } from "#lib/circuit/rules.ts";
import { findIntent, GATEWAY_SILENCE_SECONDS } from "#lib/rollout/queries.ts";
import type { Exposure } from "./types.ts";

/**
 * The exposure we want and the gateways that confirm it: they run on exactly this version of it and hear Unleash.
 * Null before the rollout has been prepared.
 */
export async function findExposure(db: DatabaseOrTransaction, now: Date): Promise<Exposure | null> {
  const intent = await findIntent(db);
  if (!intent) return null;
  const circuit = await findCircuitSwitch(db);
  const running = await db
    .select({ intentVersion: gateways.intentVersion, flagState: gateways.flagState })
    .from(gateways)
    .where(gte(gateways.seenAt, new Date(now.getTime() - GATEWAY_SILENCE_SECONDS * 1000)));
  const confirmed = running.filter(
    // A halt holds without Unleash.
    (gateway) =>
      gateway.intentVersion === intent.version && (intent.halted || gateway.flagState === "connected"),
  );
  return {
    exposurePercent: intent.exposurePercent,
    version: intent.version,
    halted: intent.halted,
    circuitHeldUntil: isHeldOpen(circuit, now) ? (circuit?.heldUntil ?? null) : null,
    confirmedGateways: confirmed.length,
    runningGateways: running.length,
  };
}
