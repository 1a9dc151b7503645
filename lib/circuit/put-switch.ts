import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { circuitSwitches } from "#db/schema/control.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findCircuitSwitch } from "./queries.ts";
import { isHeldOpen } from "./rules.ts";
import { CIRCUIT_CHANNEL } from "./schema.ts";
import type { CircuitSwitch } from "./types.ts";

type Setting = {
  /** Held open for so many minutes from now; null gives the circuit back to itself. */
  minutes: number | null;
  /** The version that was seen; 0 where nobody ever used the switch. */
  seenVersion: number;
  reason: string;
};

type Put = { ok: true; set: CircuitSwitch } | { ok: false; code: "stale_version" | "not_held" };

const MINUTE_MS = 60_000;

/**
 * Holds the circuit of every gateway open, or gives it back to itself: while it is held no gateway calls the API, and
 * logins go the legacy way. A hold that stands is replaced by a new one. `stale_version`: somebody used the switch since it
 * was seen; `not_held`: there is nothing to give back any more. Gateways hear of it at once and know its end. Audits
 * `circuit.open` or `circuit.release`.
 */
export function putSwitch(
  db: DatabaseOrTransaction,
  { minutes, seenVersion, reason }: Setting,
  actor: Actor,
  at: Date,
): Promise<Put> {
  return joinOrOpenTransaction(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('circuit_switches'))`);
    const current = await findCircuitSwitch(tx);
    if ((current?.version ?? 0) !== seenVersion) return { ok: false, code: "stale_version" };
    const before = isHeldOpen(current, at) ? (current?.heldUntil ?? null) : null;
    if (minutes === null && before === null) return { ok: false, code: "not_held" };
    const heldUntil = minutes === null ? null : new Date(at.getTime() + minutes * MINUTE_MS);
    const version = seenVersion + 1;
    await tx
      .insert(circuitSwitches)
      .values({ version, heldUntil, reason, changedBy: actor.id, changedAt: at });
    const entity = { type: "circuit", id: String(version) } as const;
    const wasUntil = before?.toISOString() ?? null;
    if (heldUntil === null)
      await recordAudit(tx, { action: "circuit.release", actor, at, entity, details: { wasUntil, reason } });
    else {
      const details = { until: heldUntil.toISOString(), wasUntil, reason };
      await recordAudit(tx, { action: "circuit.open", actor, at, entity, details });
    }
    await tx.execute(sql`select pg_notify(${CIRCUIT_CHANNEL}, ${String(version)})`);
    return { ok: true, set: { version, heldUntil } };
  });
}
