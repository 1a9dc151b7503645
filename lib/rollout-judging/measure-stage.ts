import { and, asc, desc, eq, gte, inArray, isNotNull, lte, or, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { loginReports } from "#db/schema/logins.ts";
import {
  falseAccepts,
  flagSightings,
  rolloutChanges,
  rolloutPlans,
  rolloutSlices,
  rolloutStages,
  rolloutSubjects,
} from "#db/schema/rollouts.ts";
import { verificationCells, verificationRollups } from "#db/schema/rollups.ts";
import { listLoginCells } from "#lib/fallback/queries.ts";
import { countOf, isFallback } from "#lib/fallback/rules.ts";
import { bucketOf } from "#lib/recording/rules.ts";
import { inTile, tiledSteps } from "#lib/recording/tiers.ts";
import { BIOMETRIC_LOGIN_FLAG, planSchema, type RolloutPlan } from "#lib/rollout/schema.ts";
import type { OpenRollout, Standing } from "#lib/rollout/types.ts";
import type { LimitedMetric } from "#lib/rollout-evidence/schema.ts";
import type { Count } from "#lib/rollout-evidence/types.ts";
import { listLatencyCells } from "#lib/service-health/call-queries.ts";
import type { TimeSteps } from "#lib/time-steps.ts";
import { findNewestLogin, hasPipelineGap } from "./queries.ts";
import { countingFrom, wholeSlices } from "./rules.ts";
import type { LivedStage, SliceSums, StageCounts, StageEvidence } from "./types.ts";

type Measured = { standing: Standing; rollout: OpenRollout & { startedAt: Date }; stageId: string };

/** Looks up everything that a verdict on the open stage rests on. Writes nothing. */
export async function measureStage(
  db: DatabaseOrTransaction,
  { standing, rollout, stageId }: Measured,
  { now, timeZone }: { now: Date; timeZone: string },
): Promise<StageEvidence> {
  const { plan } = rollout;
  const stages = await listLivedStages(db, rollout.id);
  const stage = stages.find(({ id }) => id === stageId);
  if (stage === undefined) throw new Error("The stage that is judged is none of its rollout's.");
  const counts = await countStages(db, stages, plan, now);
  const own = counts.get(stageId) ?? NOTHING;
  return {
    ...{ now, timeZone, stage, plan, ...own },
    planned: await findPlanned(db, rollout),
    earlier: stages
      .filter(({ id }) => id !== stageId)
      .map((each) => ({ stage: each, ...(counts.get(each.id) ?? NOTHING) })),
    people: await countPeople(db, stageId),
    securityEvents: await countSecurityEvents(db, rollout.startedAt),
    newestLoginAt: await findNewestLogin(db, stage, plan),
    hasPipelineGap: await hasPipelineGap(db, now, plan),
    hasDrifted: await hasDrifted(db),
    // Under a halt nobody is offered anything: what stands still must not go on.
    isHeld: standing.heldAt !== null || standing.intent.halted,
  };
}

const NONE: Count = { count: 0, of: 0 };
const NOTHING: StageCounts = { slices: [], limits: { fallback: NONE, api_error: NONE, slow_call: NONE } };

/** The stages of a rollout as they were lived, in the order in which they began. */
export function listLivedStages(db: DatabaseOrTransaction, rolloutId: string): Promise<LivedStage[]> {
  const { id, place, exposurePercent, beganAt, countedTo } = rolloutStages;
  return db
    .select({ id, place, exposurePercent, beganAt, countedTo })
    .from(rolloutStages)
    .where(eq(rolloutStages.rolloutId, rolloutId))
    .orderBy(asc(beganAt), asc(id));
}

/** The plan as it was when the rollout started: how many stages share the evidence is fixed from then on. */
async function findPlanned(db: DatabaseOrTransaction, rollout: Measured["rollout"]) {
  const [first] = await db
    .select({ values: rolloutPlans.values })
    .from(rolloutPlans)
    .where(and(eq(rolloutPlans.rolloutId, rollout.id), lte(rolloutPlans.changedAt, rollout.startedAt)))
    .orderBy(desc(rolloutPlans.version))
    .limit(1);
  const { stages } = first === undefined ? rollout.plan : planSchema.parse(first.values);
  const compared = stages.filter(({ exposurePercent }) => exposurePercent > 0 && exposurePercent < 100);
  return { stages: stages.length, compared: compared.length };
}

async function countStages(
  db: DatabaseOrTransaction,
  stages: readonly LivedStage[],
  plan: RolloutPlan,
  now: Date,
): Promise<Map<string, StageCounts>> {
  const limits = await countLimits(db, stages, plan, now);
  const slices = await listSlices(db, stages);
  return new Map(
    stages.map((stage, step) => [
      stage.id,
      {
        slices: wholeSlices(slices.get(stage.id) ?? [], stage, plan),
        limits: limits[step] ?? NOTHING.limits,
      },
    ]),
  );
}

async function listSlices(
  db: DatabaseOrTransaction,
  stages: readonly LivedStage[],
): Promise<Map<string, SliceSums[]>> {
  const rows = await db
    .select()
    .from(rolloutSlices)
    .where(
      inArray(
        rolloutSlices.stageId,
        stages.map(({ id }) => id),
      ),
    )
    .orderBy(asc(rolloutSlices.startsAt), asc(rolloutSlices.arm), asc(rolloutSlices.deviceClass));
  const byStage = new Map<string, SliceSums[]>(stages.map(({ id }) => [id, []]));
  for (const { stageId, ...sums } of rows) byStage.get(stageId)?.push(sums);
  return byStage;
}

/**
 * What the limits are held against, stage by stage, from the rollups: logins that ended and calls that were made since the
 * stage began to count, early adopters among them. A halt's own fallbacks are not the path's fault. A call counts as slow
 * from the first bucket of the histogram that is slower as a whole.
 */
async function countLimits(
  db: DatabaseOrTransaction,
  stages: readonly LivedStage[],
  plan: RolloutPlan,
  now: Date,
): Promise<Record<LimitedMetric, Count>[]> {
  const starts = stages.map((stage) => startOfMinute(countingFrom(stage, plan)));
  const steps: TimeSteps = { unit: "hour", starts, now };
  const offered = (await listLoginCells(db, steps, "offered")).filter(
    ({ fallbackReason }) => fallbackReason !== "halted",
  );
  const calls = await listExposedCalls(db, steps);
  const latencies = await listLatencyCells(db, steps);
  const slowest = bucketOf(plan.limits.slowCallMs);
  return stages.map(({ exposurePercent }, step) => {
    const logins = offered.filter((cell) => cell.step === step && cell.exposurePercent === exposurePercent);
    const made = calls.find((cell) => cell.step === step && cell.exposurePercent === exposurePercent);
    const timed = latencies.filter((cell) => cell.step === step);
    const sum = (cells: typeof timed) => cells.reduce((total, { count }) => total + count, 0);
    return {
      fallback: { count: countOf(logins.filter(isFallback)), of: countOf(logins) },
      api_error: { count: made?.errors ?? 0, of: made?.calls ?? 0 },
      slow_call: { count: sum(timed.filter(({ bucket }) => bucket > slowest)), of: sum(timed) },
    };
  });
}

const startOfMinute = (at: Date): Date => new Date(Math.floor(at.getTime() / 60_000) * 60_000);

type ExposedCalls = { step: number; exposurePercent: number; calls: number; errors: number };

/** The API calls that logins made within the steps, by the exposure they met. */
async function listExposedCalls(db: DatabaseOrTransaction, steps: TimeSteps): Promise<ExposedCalls[]> {
  return [
    ...(await db.execute<ExposedCalls>(sql`
      select (step.place - 1)::integer as step, exposure_percent as "exposurePercent", sum(r.count)::float8 as calls,
        coalesce(sum(r.count) filter (where outcome = 'api_error'), 0)::float8 as errors
      from ${tiledSteps(steps)} join ${verificationRollups} r on ${inTile} join ${verificationCells} c on c.id = r.cell
      where source = 'gateway' group by 1, 2`)),
  ];
}

async function countPeople(db: DatabaseOrTransaction, stageId: string) {
  const { arm, isDouble } = rolloutSubjects;
  const count = (which: ReturnType<typeof sql>) =>
    sql<number>`count(*) filter (where ${which})`.mapWith(Number);
  const [row] = await db
    .select({
      treated: count(sql`${arm} = 'biometric' or ${isDouble}`),
      control: count(sql`${arm} = 'legacy' or ${isDouble}`),
      both: count(sql`${isDouble}`),
    })
    .from(rolloutSubjects)
    .where(eq(rolloutSubjects.stageId, stageId));
  return row ?? { treated: 0, control: 0, both: 0 };
}

/** False accepts that members or applications reported since the rollout started. */
export async function countSecurityEvents(db: DatabaseOrTransaction, since: Date): Promise<number> {
  const isFalseAccept = and(eq(loginReports.kind, "false_accept"), gte(loginReports.at, since));
  return (
    (await db.$count(falseAccepts, gte(falseAccepts.reportedAt, since))) +
    (await db.$count(loginReports, isFalseAccept))
  );
}

/**
 * Whether the flag in Unleash is not what is asked of it, as it was seen since the last change of it. While Unleash cannot
 * be read nothing is known to have drifted: the gateways go by what they have for ten minutes and by the legacy path then,
 * where the missing logins tell.
 */
async function hasDrifted(db: DatabaseOrTransaction): Promise<boolean> {
  const { flag, differences, readAt } = flagSightings;
  const changedSince = db
    .select({ one: sql`1` })
    .from(rolloutChanges)
    .where(or(sql`${rolloutChanges.settledAt} is null`, gte(rolloutChanges.settledAt, readAt)));
  const rows = await db
    .select({ flag })
    .from(flagSightings)
    .where(
      and(
        eq(flag, BIOMETRIC_LOGIN_FLAG),
        isNotNull(readAt),
        sql`jsonb_array_length(${differences}) > 0`,
        sql`not exists (${changedSince})`,
      ),
    );
  return rows.length > 0;
}
