import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { oneOf } from "#db/one-of.ts";
import { members } from "#db/schema/members.ts";
import {
  earlyAdopters,
  flagSightings,
  rolloutChanges,
  rolloutPlans,
  rolloutStages,
  rollouts,
  rolloutVerdicts,
} from "#db/schema/rollouts.ts";
import { loginCells, loginRollups } from "#db/schema/rollups.ts";
import type { RolloutFacts } from "#lib/audit/types.ts";
import { ENDED_ON_LEGACY } from "#lib/fallback/rules.ts";
import { wilsonInterval } from "#lib/rates/rules.ts";
import { inTile, tilesOf } from "#lib/recording/tiers.ts";
import { samplePeople } from "#lib/retention/queries.ts";
import { GATEWAY_SILENCE_SECONDS } from "#lib/rollout/queries.ts";
import { NOT_COMPLETED } from "#lib/rollout/rules.ts";
import { BIOMETRIC_LOGIN_FLAG, type ChangeKind, planSchema } from "#lib/rollout/schema.ts";
import type { VerdictReason } from "#lib/rollout-evidence/schema.ts";
import { countCalls } from "#lib/service-health/call-queries.ts";
import type { LiveFlag, UnleashLimits } from "#lib/unleash/types.ts";
import type {
  BucketCount,
  EndedRollout,
  HistoryEntry,
  LivedStage,
  PeopleByBucket,
  Sighting,
  Traffic,
} from "./types.ts";

/** The stages of a rollout as they were lived, in order. */
export const listLivedStages = (db: DatabaseOrTransaction, rolloutId: string): Promise<LivedStage[]> =>
  db
    .select({
      place: rolloutStages.place,
      exposurePercent: rolloutStages.exposurePercent,
      beganAt: rolloutStages.beganAt,
      endedAt: rolloutStages.endedAt,
      endedAs: rolloutStages.endedAs,
    })
    .from(rolloutStages)
    .where(eq(rolloutStages.rolloutId, rolloutId))
    .orderBy(asc(rolloutStages.beganAt), asc(rolloutStages.id));

/** The rollout that ended last; null before any has. */
export async function findEndedRollout(db: DatabaseOrTransaction): Promise<EndedRollout | null> {
  const [row] = await db
    .select({ rollout: rollouts, values: rolloutPlans.values })
    .from(rollouts)
    .innerJoin(rolloutPlans, eq(rolloutPlans.rolloutId, rollouts.id))
    .where(and(eq(rollouts.flag, BIOMETRIC_LOGIN_FLAG), isNotNull(rollouts.endedAt)))
    .orderBy(desc(rollouts.endedAt), desc(rolloutPlans.version))
    .limit(1);
  if (row === undefined || row.rollout.endedAt === null) return null;
  const { id, build, state, endedAt, templatesChoice } = row.rollout;
  const stages = await listLivedStages(db, id);
  return {
    ...{ id, build, endedAt, stages, templatesChoice, plan: planSchema.parse(row.values) },
    // The table lets no other state stand beside an end.
    state: state as EndedRollout["state"],
  };
}

export const countEarlyAdopters = (db: DatabaseOrTransaction): Promise<number> => db.$count(earlyAdopters);

/**
 * Enrolled people who are not blocked, by bucket, with how many of each are early adopters. Above 200,000 people they are
 * estimated from a part of the table; early adopters are counted.
 */
export async function listBuckets(db: DatabaseOrTransaction): Promise<PeopleByBucket> {
  const { sample, share } = await samplePeople(db);
  const rows = await db.execute<BucketCount>(sql`
    with enrolled as (
      select bucket, round(count(*) / ${share}::float8) as people
      from people ${sample} where status = 'enrolled' group by bucket
    ), early as (
      select bucket, count(*) as adopters
      from early_adopters join people using (custom_id) where status = 'enrolled' group by bucket
    )
    select bucket, greatest(people, adopters, 0)::integer as people, coalesce(adopters, 0)::integer as adopters
    from enrolled full join early using (bucket) order by bucket`);
  return { buckets: [...rows], isEstimate: share < 1 };
}

const DAYS = 7;

/** What an average day of the last seven brought, counted from the rollups; null where nobody could be offered the path. */
export async function findTraffic(db: DatabaseOrTransaction, now: Date): Promise<Traffic | null> {
  const days = { from: new Date(now.getTime() - DAYS * 86_400_000), to: now };
  const [logins] = await db.execute<
    Record<"offered" | "apart" | "fellBack" | "lost" | "known" | "daysCounted", number>
  >(sql`
    with known as materialized (
      select id, path = 'biometric' as offered, path = 'biometric' and outcome = ${oneOf(ENDED_ON_LEGACY)} as fell_back,
        outcome = ${oneOf(NOT_COMPLETED)} as lost, outcome <> 'legacy_unreported' as known
      from ${loginCells} where path = 'biometric' or path_reason = 'not_exposed'
    )
    select coalesce(sum(counted.count) filter (where offered), 0)::float8 as offered,
      coalesce(sum(counted.count) filter (where not offered), 0)::float8 as apart,
      coalesce(sum(counted.count) filter (where fell_back), 0)::float8 as "fellBack",
      coalesce(sum(counted.count) filter (where lost), 0)::float8 as lost,
      coalesce(sum(counted.count) filter (where known), 0)::float8 as known,
      greatest(1, least(${DAYS}, extract(epoch from ${now.toISOString()}::timestamptz - min(counted.since)) / 86400))::float8 as "daysCounted"
    from ${tilesOf(days)} cross join lateral (
      select offered, fell_back, lost, known, sum(r.count) as count, min(r.starts_at) as since
      from ${loginRollups} r join known on id = r.cell where ${inTile} group by 1, 2, 3, 4
    ) counted`);
  const { calls } = await countCalls(db, days);
  if (logins === undefined || logins.offered + logins.apart === 0) return null;
  const { offered, apart, fellBack, lost, known, daysCounted } = logins;
  return {
    eligible: (offered + apart) / daysCounted,
    notCompleted: known > 0 ? lost / known : 0,
    fallback: offered > 0 ? wilsonInterval(fellBack, offered) : null,
    callsPerLogin: offered > 0 ? calls / offered : 1,
  };
}

/** What Unleash was last seen to say; null before the worker looked. */
export async function findSighting(db: DatabaseOrTransaction): Promise<Sighting | null> {
  const [row] = await db.select().from(flagSightings).where(eq(flagSightings.flag, BIOMETRIC_LOGIN_FLAG));
  if (row === undefined) return null;
  const { seenAt, readAt, trouble, differsSince, edition, serverVersion } = row;
  // Written by touchSighting alone, as lib/unleash tells it.
  const live = row.live as LiveFlag | null;
  const limits = row.limits as UnleashLimits | null;
  return { seenAt, readAt, trouble, live, differsSince, edition, serverVersion, limits };
}

const factsIn = (difference: unknown, side: "before" | "after"): RolloutFacts | null => {
  const found = (difference as Partial<Record<typeof side, RolloutFacts>>)[side];
  return found !== undefined && "exposurePercent" in found ? found : null;
};

const entries = (db: DatabaseOrTransaction) =>
  db
    .select({ change: rolloutChanges, by: members.name, because: rolloutVerdicts.reason })
    .from(rolloutChanges)
    .leftJoin(members, eq(members.id, rolloutChanges.by))
    .leftJoin(rolloutVerdicts, eq(rolloutVerdicts.id, rolloutChanges.verdictId))
    .orderBy(desc(rolloutChanges.at), desc(rolloutChanges.id));

type Row = Awaited<ReturnType<typeof entries>>[number];

const entryOf = ({ change, by, because }: Row): HistoryEntry => ({
  id: change.id,
  kind: change.kind,
  state: change.state,
  at: change.at,
  settledAt: change.settledAt,
  by,
  isByRule: change.by === null,
  because: because as VerdictReason | null,
  reason: change.reason,
  before: factsIn(change.difference, "before"),
  after: factsIn(change.difference, "after"),
  trouble: change.trouble,
  gatewaysRunning: change.gatewaysRunning,
  gatewaysConfirmed: change.gatewaysConfirmed,
  confirmedMs: change.confirmedMs,
});

/** What was done, newest first. */
export const listHistory = async (db: DatabaseOrTransaction, limit: number): Promise<HistoryEntry[]> =>
  (await entries(db).limit(limit)).map(entryOf);

/** The last act of a kind that is over. */
export async function findLast(
  db: DatabaseOrTransaction,
  kinds: readonly ChangeKind[],
): Promise<HistoryEntry | null> {
  const [row] = await entries(db)
    .where(inArray(rolloutChanges.kind, [...kinds]))
    .limit(1);
  return row === undefined ? null : entryOf(row);
}

/** An act that is not settled, but for halts: those wait for nothing. */
export async function findUnderWay(db: DatabaseOrTransaction) {
  const { kind, at, trouble } = rolloutChanges;
  const [row] = await db
    .select({ kind, at, trouble })
    .from(rolloutChanges)
    .where(isNull(rolloutChanges.settledAt))
    .orderBy(asc(at))
    .limit(1);
  return row ?? null;
}

/** What changes whenever something that the room shows does, but for figures that grow with each login. */
export async function findStamp(db: DatabaseOrTransaction): Promise<string> {
  const [row] = await db.execute<{ stamp: string }>(sql`
    select concat_ws('.',
      (select version from rollout_intents where flag = ${BIOMETRIC_LOGIN_FLAG}),
      (select concat(count(*), '-', count(settled_at), '-', max(at)) from rollout_changes),
      (select max(version) from rollout_plans),
      (select id from rollout_verdicts order by at desc limit 1),
      (select string_agg(concat(name, intent_version, flag_state), ' ' order by name) from gateways
        where seen_at > now() - make_interval(secs => ${GATEWAY_SILENCE_SECONDS})),
      (select concat(trouble, differs_since, md5(live::text)) from flag_sightings where flag = ${BIOMETRIC_LOGIN_FLAG})) as stamp`);
  return row?.stamp ?? "";
}

/** How logins went since a moment: all that were opened, and those of them that were offered biometrics. */
export async function countSince(db: DatabaseOrTransaction, since: Date) {
  const [row] = await db.execute<{ logins: number; offered: number }>(sql`
    select count(*)::integer as logins, count(*) filter (where path = 'biometric')::integer as offered
    from logins where opened_at >= ${since.toISOString()}::timestamptz`);
  const { logins, offered } = row ?? { logins: 0, offered: 0 };
  return { logins, offered, onLegacy: logins - offered };
}
