import { count, desc, eq, gte, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { circuitSwitches, gateways } from "#db/schema/control.ts";
import { members } from "#db/schema/members.ts";
import { GATEWAY_SILENCE_SECONDS } from "#lib/rollout/queries.ts";
import { isHeldOpen } from "./rules.ts";
import type { CircuitHold, CircuitSwitch } from "./types.ts";

/** How the switch was set last; null where nobody ever used it. */
export async function findCircuitSwitch(db: DatabaseOrTransaction): Promise<CircuitSwitch | null> {
  const { version, heldUntil } = circuitSwitches;
  const [row] = await db.select({ version, heldUntil }).from(circuitSwitches).orderBy(desc(version)).limit(1);
  return row ?? null;
}

/** The hold that stands now, with the gateways that report themselves and those of them that obey it; null where none does. */
export async function findCircuitHold(db: DatabaseOrTransaction, now: Date): Promise<CircuitHold | null> {
  const [row] = await db
    .select({
      version: circuitSwitches.version,
      heldUntil: circuitSwitches.heldUntil,
      since: circuitSwitches.changedAt,
      by: members.name,
      reason: circuitSwitches.reason,
    })
    .from(circuitSwitches)
    .leftJoin(members, eq(members.id, circuitSwitches.changedBy))
    .orderBy(desc(circuitSwitches.version))
    .limit(1);
  if (row === undefined || row.heldUntil === null || !isHeldOpen(row, now)) return null;
  const since = new Date(now.getTime() - GATEWAY_SILENCE_SECONDS * 1000);
  const [told] = await db
    .select({
      running: count(),
      obeying: sql<number>`count(*) filter (where ${gateways.circuitVersion} = ${row.version})::integer`,
    })
    .from(gateways)
    .where(gte(gateways.seenAt, since));
  return { ...row, heldUntil: row.heldUntil, obeying: told?.obeying ?? 0, running: told?.running ?? 0 };
}
