import { and, eq, gte, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { gateways } from "#db/schema/control.ts";
import { loginOutcomes, verifications } from "#db/schema/logins.ts";
import { incidents, probeStandings } from "#db/schema/service-health.ts";
import type { FallbackReason } from "#lib/logins/schema.ts";
import { findCurrentPolicy } from "#lib/policies/queries.ts";
import { GATEWAY_SILENCE_SECONDS } from "#lib/rollout/queries.ts";
import { causeOfReason } from "./rules.ts";
import type { ApiProbe, Part } from "./schema.ts";
import type { Impact, MinuteOfCalls, OpenIncident } from "./types.ts";

const secondsBefore = (at: Date, seconds: number): Date => new Date(at.getTime() - seconds * 1000);

/** When the last round of probes began; null before the first one. */
export async function findLastRoundAt(db: DatabaseOrTransaction): Promise<Date | null> {
  const [row] = await db
    .select({ at: probeStandings.at })
    .from(probeStandings)
    .where(eq(probeStandings.probe, "worker"));
  return row?.at ?? null;
}

/** The incidents that are not over, at most one for each part. */
export async function listOpenIncidents(db: DatabaseOrTransaction): Promise<OpenIncident[]> {
  const rows = await db
    .select({
      id: incidents.id,
      part: incidents.part,
      openedAt: incidents.openedAt,
      causes: incidents.causes,
      evidence: incidents.evidence,
      operations: incidents.operations,
      wellSince: incidents.wellSince,
    })
    .from(incidents)
    .where(isNull(incidents.closedAt));
  return rows.map(({ operations, ...row }) => ({ ...row, operations: operations as ApiProbe[] }));
}

/** The calls that logins made in the minute before, as they ended. */
export async function countMinuteOfCalls(db: DatabaseOrTransaction, at: Date): Promise<MinuteOfCalls> {
  const rows = await db
    .select({
      reason: verifications.reason,
      outcome: verifications.outcome,
      calls: sql<number>`count(*)::integer`,
    })
    .from(verifications)
    .where(
      and(
        gte(verifications.at, secondsBefore(at, 60)),
        lt(verifications.at, at),
        eq(verifications.source, "gateway"),
      ),
    )
    .groupBy(verifications.reason, verifications.outcome);
  return {
    calls: rows.reduce((sum, { calls }) => sum + calls, 0),
    failed: rows
      .filter(({ outcome }) => outcome === "api_error")
      .flatMap(({ reason, calls }) => {
        const cause = causeOfReason(reason);
        return cause === null ? [] : [{ cause, calls }];
      }),
  };
}

/**
 * Whether gateways are known and none of them has reported itself lately. They do so into the database: while that is
 * away, and until they have had as long again after it, their silence is no news of theirs.
 */
export async function areGatewaysSilent(db: DatabaseOrTransaction, at: Date): Promise<boolean> {
  const since = sql`${secondsBefore(at, GATEWAY_SILENCE_SECONDS).toISOString()}::timestamptz`;
  const couldReport = sql`not exists (select from ${probeStandings}
    where ${eq(probeStandings.probe, "database")} and (${probeStandings.cause} <> 'slow' or ${probeStandings.since} > ${since}))`;
  const [row] = await db
    .select({
      isSilent: sql<boolean>`count(*) > 0 and coalesce(bool_and(${gateways.seenAt} < ${since}), false) and ${couldReport}`,
    })
    .from(gateways);
  return row?.isSilent ?? false;
}

/** The calls of the API that the rules of the moment need, and that requests do. */
export async function listNeededCalls(db: DatabaseOrTransaction): Promise<ApiProbe[]> {
  const policy = await findCurrentPolicy(db);
  return [
    "verify",
    "enroll",
    "update",
    "delete",
    ...(policy?.values.livenessRequired ? (["liveness"] as const) : []),
    ...(policy?.values.qualityChecked ? (["check_icao"] as const) : []),
  ];
}

/** Why a login leaves the biometric path when a part is in trouble; the others cost nobody theirs. */
const REASONS: Partial<Record<Part, readonly FallbackReason[]>> = {
  api: ["api_trouble"],
  database: ["ledger_unavailable"],
};

/** A login stays open for minutes, so that one opened before may still meet the trouble. */
const LOGIN_SECONDS = 600;

/** It takes so long at most until a trouble is seen. */
const SEEN_AFTER_SECONDS = 60;

/** Logins that were sent to the old way because of trouble in this part, from a minute before it was seen until its end. */
export async function countImpact(
  db: DatabaseOrTransaction,
  part: Part,
  { from, to }: { from: Date; to: Date },
): Promise<Impact> {
  const reasons = REASONS[part];
  if (reasons === undefined) return { logins: 0, people: 0 };
  const [row] = await db
    .select({
      logins: sql<number>`count(*)::integer`,
      people: sql<number>`count(distinct ${loginOutcomes.personId})::integer`,
    })
    .from(loginOutcomes)
    .where(
      and(
        gte(loginOutcomes.openedAt, secondsBefore(from, LOGIN_SECONDS)),
        lt(loginOutcomes.openedAt, to),
        gte(loginOutcomes.at, secondsBefore(from, SEEN_AFTER_SECONDS)),
        inArray(loginOutcomes.fallbackReason, [...reasons]),
      ),
    );
  return row ?? { logins: 0, people: 0 };
}

/** Incidents whose cost may still grow: open ones, and those over for less than this. */
export function listGrowingIncidents(
  db: DatabaseOrTransaction,
  since: Date,
): Promise<{ id: string; part: Part; openedAt: Date; closedAt: Date | null }[]> {
  const { id, part, openedAt, closedAt } = incidents;
  return db
    .select({ id, part, openedAt, closedAt })
    .from(incidents)
    .where(or(isNull(closedAt), gte(closedAt, since)));
}
