import { and, asc, desc, eq, gte, lt, or, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { circuitSwitches, gateways } from "#db/schema/control.ts";
import { verifications } from "#db/schema/logins.ts";
import { loginCells, loginRollups, verificationCells, verificationRollups } from "#db/schema/rollups.ts";
import { incidents, probeHours, probeStandings } from "#db/schema/service-health.ts";
import { type ApiProbe, FAILED_BUCKET } from "#lib/incidents/schema.ts";
import { inTile, tilesOf } from "#lib/recording/tiers.ts";
import { GATEWAY_SILENCE_SECONDS } from "#lib/rollout/queries.ts";
import { stepRows, type TimeSteps } from "#lib/time-steps.ts";
import type {
  ErrorCount,
  GatewayCircuit,
  Incident,
  ProbeCell,
  ProbeLatency,
  Standing,
  TroubleCost,
} from "./types.ts";

/** What each probe found last. */
export function listStandings(db: DatabaseOrTransaction): Promise<Standing[]> {
  const { probe, at, cause, status, since } = probeStandings;
  return db.select({ probe, at, cause, status, since }).from(probeStandings);
}

/** How often each probe was asked, and failed, within the steps. An hour belongs to the step it begins in. */
export async function listProbeCells(db: DatabaseOrTransaction, steps: TimeSteps): Promise<ProbeCell[]> {
  return [
    ...(await db.execute<ProbeCell>(sql`
      select counted.probe, (step.place - 1)::integer as step, counted.asked, counted.failed
      from ${stepRows(steps)} cross join lateral (
        select probe, sum(count)::integer as asked,
          coalesce(sum(count) filter (where bucket = ${FAILED_BUCKET}), 0)::integer as failed
        from ${probeHours} where hour >= step.starts_at and hour < step.ends_at group by probe
      ) counted`)),
  ];
}

/** How long each probe's answers took since a moment. */
export function listProbeLatencies(db: DatabaseOrTransaction, since: Date): Promise<ProbeLatency[]> {
  const { probe, bucket, count, hour } = probeHours;
  return db
    .select({ probe, bucket, count: sql<number>`sum(${count})::integer` })
    .from(probeHours)
    .where(sql`${hour} >= ${since.toISOString()}::timestamptz and ${bucket} <> ${FAILED_BUCKET}`)
    .groupBy(probe, bucket);
}

/** Incidents that were there at some time since a moment, the newest first. */
export async function listIncidents(db: DatabaseOrTransaction, since: Date): Promise<Incident[]> {
  const { id, part, openedAt, closedAt, causes, operations, loginsFellBack, people } = incidents;
  const rows = await db
    .select({ id, part, openedAt, closedAt, causes, operations, logins: loginsFellBack, people })
    .from(incidents)
    .where(or(gte(closedAt, since), sql`${closedAt} is null`))
    .orderBy(desc(openedAt));
  return rows.map((row) => ({ ...row, operations: row.operations as ApiProbe[] }));
}

/** Since when anybody watches, so that a time without incidents says something; null where nobody ever did. */
export async function findWatchedSince(db: DatabaseOrTransaction): Promise<Date | null> {
  const { hour } = probeHours;
  const [row] = await db.select({ hour }).from(probeHours).orderBy(asc(hour)).limit(1);
  return row?.hour ?? null;
}

/** Calls that logins made within the time, and those that failed, by reason, from the rollups. */
export async function countErrors(
  db: DatabaseOrTransaction,
  range: { from: Date; to: Date },
): Promise<ErrorCount[]> {
  return [
    ...(await db.execute<ErrorCount>(sql`
      with known as materialized (
        select id, case when outcome = 'api_error' then reason else 'none' end as reason
        from ${verificationCells} where source = 'gateway'
      )
      select reason, sum(counted.calls)::float8 as calls
      from ${tilesOf(range)} cross join lateral (
        select known.reason, sum(r.count) as calls from ${verificationRollups} r join known on known.id = r.cell
        where ${inTile} group by 1
      ) counted group by 1 order by 2 desc, 1`)),
  ];
}

/** Logins that ended within the time: how many were offered the path, and how those ended that met trouble at the API. */
export async function countCost(
  db: DatabaseOrTransaction,
  range: { from: Date; to: Date },
): Promise<TroubleCost> {
  const [row] = await db.execute<TroubleCost>(sql`
    with known as materialized (
      select id, fallback_reason = 'api_trouble' as met, outcome from ${loginCells} where path = 'biometric'
    )
    select coalesce(sum(count), 0)::float8 as offered,
      coalesce(sum(count) filter (where met), 0)::float8 as "toLegacy",
      coalesce(sum(count) filter (where met and outcome = 'fell_back'), 0)::float8 as "gotIn",
      coalesce(sum(count) filter (where met and outcome = 'legacy_unreported'), 0)::float8 as unreported
    from ${tilesOf(range)} cross join lateral (
      select known.met, known.outcome, sum(r.count) as count from ${loginRollups} r join known on known.id = r.cell
      where ${inTile} group by 1, 2
    ) counted`);
  return row ?? { offered: 0, toLegacy: 0, gotIn: 0, unreported: 0 };
}

/** Calls that logins made within the time whose first try failed and whose second, or another key, did not. */
export async function countSaved(
  db: DatabaseOrTransaction,
  { from, to }: { from: Date; to: Date },
): Promise<number> {
  const { at, source, apiTries, outcome } = verifications;
  // The last two as the partial index has them: rows that were saved are few, all others are not looked at.
  const isSaved = sql`${apiTries} > 1 and ${outcome} <> 'api_error'`;
  return db.$count(verifications, and(gte(at, from), lt(at, to), eq(source, "gateway"), isSaved));
}

/** The gateways that report themselves, with the circuit of each. */
export function listCircuits(db: DatabaseOrTransaction, now: Date): Promise<GatewayCircuit[]> {
  const { name, seenAt, peopleCircuit } = gateways;
  const since = new Date(now.getTime() - GATEWAY_SILENCE_SECONDS * 1000);
  return db
    .select({ name, seenAt, circuit: peopleCircuit })
    .from(gateways)
    .where(gte(seenAt, since))
    .orderBy(asc(name));
}

/** What changes whenever something of the room does that is worth making it anew. */
export async function readHealthStamp(db: DatabaseOrTransaction): Promise<string> {
  const [row] = await db.execute<{ stamp: string }>(sql`
    select md5(concat(
      (select string_agg(concat(probe, cause, since), ',' order by probe) from ${probeStandings}),
      (select string_agg(concat(id, causes, logins_fell_back), ',' order by id) from ${incidents} where closed_at is null),
      (select concat(max(closed_at), sum(logins_fell_back)) from ${incidents}),
      (select string_agg(concat(name, people_circuit, circuit_version), ',' order by name) from ${gateways}),
      (select concat(version, held_until > now()) from ${circuitSwitches} order by version desc limit 1)
    )) as stamp`);
  return row?.stamp ?? "";
}
