import { and, asc, desc, eq, gte, isNull, lt, ne, or, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { circuitSwitches } from "#db/schema/control.ts";
import { verifications } from "#db/schema/logins.ts";
import { members } from "#db/schema/members.ts";
import { notificationDeliveries, notificationEvents } from "#db/schema/notifications.ts";
import { incidents } from "#db/schema/service-health.ts";
import type { ApiProbe, Part } from "#lib/incidents/schema.ts";
import type { TimeRange } from "#lib/time-steps.ts";
import type { FailedCall, SwitchUse, TellingCount, WholeIncident } from "./types.ts";

/** The incident of this id, or null where there is none. */
export async function findIncident(db: DatabaseOrTransaction, id: string): Promise<WholeIncident | null> {
  const { part, openedAt, seenAt, closedAt, causes, evidence, operations, people } = incidents;
  const [row] = await db
    .select({
      ...{ id: incidents.id, part, openedAt, seenAt, closedAt, causes, evidence, operations, people },
      logins: incidents.loginsFellBack,
    })
    .from(incidents)
    .where(eq(incidents.id, id));
  return row === undefined ? null : { ...row, operations: row.operations as ApiProbe[] };
}

/** Most that is told of what else was in trouble, and of the uses of the switch. */
const LISTED = 20;

/** Other incidents that were there at the same time, the oldest first. */
export function listOverlapping(
  db: DatabaseOrTransaction,
  id: string,
  { from, to }: TimeRange,
): Promise<{ id: string; part: Part; openedAt: Date }[]> {
  const { part, openedAt, closedAt } = incidents;
  return db
    .select({ id: incidents.id, part, openedAt })
    .from(incidents)
    .where(and(ne(incidents.id, id), lt(openedAt, to), or(isNull(closedAt), gte(closedAt, from))))
    .orderBy(asc(openedAt))
    .limit(LISTED);
}

/** What was told of the incident, with what became of it on its way to each target. */
export async function listTellings(
  db: DatabaseOrTransaction,
  incident: WholeIncident,
): Promise<TellingCount[]> {
  const became = (state: string) =>
    sql<number>`count(*) filter (where ${notificationDeliveries.state} = ${state})::integer`;
  const rows = await db
    .select({
      type: notificationEvents.type,
      at: notificationEvents.at,
      delivered: became("delivered"),
      waiting: became("waiting"),
      givenUp: became("given_up"),
    })
    .from(notificationEvents)
    .leftJoin(notificationDeliveries, eq(notificationDeliveries.eventId, notificationEvents.id))
    .where(
      and(
        gte(notificationEvents.at, incident.openedAt),
        sql`${notificationEvents.type} in ('incident.opened', 'incident.closed')`,
        sql`${notificationEvents.data} ->> 'incidentId' = ${incident.id}`,
      ),
    )
    .groupBy(notificationEvents.id)
    .orderBy(asc(notificationEvents.at));
  return rows as TellingCount[];
}

/** How the circuit's hand switch was used within the time, the first use first. */
export function listSwitchUses(db: DatabaseOrTransaction, { from, to }: TimeRange): Promise<SwitchUse[]> {
  const { changedAt, heldUntil, reason, changedBy, version } = circuitSwitches;
  return db
    .select({ at: changedAt, heldUntil, by: members.name, reason })
    .from(circuitSwitches)
    .leftJoin(members, eq(members.id, changedBy))
    .where(and(gte(changedAt, from), lt(changedAt, to)))
    .orderBy(asc(version))
    .limit(LISTED);
}

/** The calls of logins within the time that failed at the API, the newest first. What the circuit refused was no call. */
export function listFailedCalls(
  db: DatabaseOrTransaction,
  { from, to }: TimeRange,
  most: number,
): Promise<FailedCall[]> {
  const { at, apiOperation, apiStatus, reason, apiTries, apiLatencyMs, source, outcome } = verifications;
  return db
    .select({
      ...{ at, reason, operation: apiOperation, status: apiStatus },
      ...{ tries: apiTries, latencyMs: apiLatencyMs },
    })
    .from(verifications)
    .where(
      and(
        ...[gte(at, from), lt(at, to), eq(source, "gateway"), eq(outcome, "api_error")],
        ne(reason, "api_circuit_open"),
      ),
    )
    .orderBy(desc(at))
    .limit(most);
}
