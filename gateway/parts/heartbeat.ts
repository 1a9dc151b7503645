import { sql } from "drizzle-orm";
import { gateways } from "#db/schema/control.ts";
import type { Clock } from "#lib/clock.ts";
import type { Multibiometrics } from "#lib/multibiometrics/types.ts";
import type { Recorder } from "#lib/recording/types.ts";
import type { Flags } from "#lib/unleash/types.ts";
import type { GatewayControl } from "./control.ts";
import type { GatewayLedger } from "./ledger.ts";

export type HeartbeatParts = {
  name: string;
  ledger: GatewayLedger;
  control: GatewayControl;
  flags: Pick<Flags, "state">;
  api: Pick<Multibiometrics, "circuits">;
  recorder: Pick<Recorder, "journalLines">;
  clock: Clock;
};

const BEAT_EVERY_MS = 10_000;

/** A gateway that goes on with what it reported before keeps the time at which it took it. */
const POLICY_TAKEN_AT = sql`case when ${gateways.policyVersion} is distinct from excluded.policy_version
  then excluded.policy_taken_at else ${gateways.policyTakenAt} end`;
const INTENT_TAKEN_AT = sql`case when ${gateways.intentVersion} is distinct from excluded.intent_version
  then excluded.intent_taken_at else ${gateways.intentTakenAt} end`;

/**
 * Tells the console every ten seconds that this gateway lives and what it is running, and at once when it has taken a
 * new policy, a new intent or a new setting of the circuit's switch; returns the way to stop.
 */
export function startHeartbeat(parts: HeartbeatParts): () => void {
  const startedAt = parts.clock();
  const beat = () => report(parts, startedAt).catch(() => undefined);
  void beat();
  parts.control.onChange(() => void beat());
  const timer = setInterval(beat, BEAT_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

async function report(parts: HeartbeatParts, startedAt: Date): Promise<void> {
  const { connected, lastError, definitionHash } = parts.flags.state();
  const row = {
    name: parts.name,
    startedAt,
    seenAt: parts.clock(),
    intentVersion: parts.control.intentVersion(),
    policyVersion: parts.control.policy().version,
    circuitVersion: parts.control.circuitVersion(),
    intentTakenAt: sql<Date>`clock_timestamp()`,
    policyTakenAt: sql<Date>`clock_timestamp()`,
    flagState: connected ? "connected" : (lastError ?? "stale"),
    definitionHash,
    peopleCircuit: parts.api.circuits().people,
    journalLines: parts.recorder.journalLines(),
  };
  const { name: _, ...fields } = row;
  await parts.ledger.run((db) =>
    db
      .insert(gateways)
      .values(row)
      .onConflictDoUpdate({
        target: gateways.name,
        set: { ...fields, policyTakenAt: POLICY_TAKEN_AT, intentTakenAt: INTENT_TAKEN_AT },
      }),
  );
}
