import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { latencyRollups, verificationCells, verificationRollups } from "#db/schema/rollups.ts";
import { inTile, tiledSteps, tilesOf } from "#lib/recording/tiers.ts";
import type { TimeSteps } from "#lib/time-steps.ts";
import type { CallCell, LastCalls, LatencyCell } from "./types.ts";

/** The cells of calls that logins made, and whether the API failed in them. */
const CALLS = sql`known as materialized (
  select id, outcome = 'api_error' as failed from ${verificationCells} where source = 'gateway'
)`;
const COUNTED = sql`(
  select sum(r.count) as calls, sum(r.count) filter (where failed) as errors
  from ${verificationRollups} r join known on id = r.cell where ${inTile}
) counted`;

/** The API calls that logins made within the steps, the console's own tries left out, from the rollups. */
export async function listCallCells(db: DatabaseOrTransaction, steps: TimeSteps): Promise<CallCell[]> {
  return [
    ...(await db.execute<CallCell>(sql`
      with ${CALLS}
      select (step.place - 1)::integer as step, sum(counted.calls)::float8 as calls,
        coalesce(sum(counted.errors), 0)::float8 as errors
      from ${tiledSteps(steps)} cross join lateral ${COUNTED} where counted.calls > 0 group by 1`)),
  ];
}

/** How long those calls took, as a histogram of each step. */
export async function listLatencyCells(db: DatabaseOrTransaction, steps: TimeSteps): Promise<LatencyCell[]> {
  return [
    ...(await db.execute<LatencyCell>(sql`
      select (step.place - 1)::integer as step, bucket, sum(r.count)::float8 as count
      from ${tiledSteps(steps)} cross join lateral (
        select r.bucket, r.count from ${latencyRollups} r where ${inTile} and r.source = 'gateway' offset 0
      ) r group by 1, 2`)),
  ];
}

const HOUR_MS = 3_600_000;

/** The calls of the last hour, from the rollups. */
export const countLastCalls = (db: DatabaseOrTransaction, now: Date): Promise<LastCalls> =>
  countCalls(db, { from: new Date(now.getTime() - HOUR_MS), to: now });

/** The API calls that logins made within this time, from the rollups. */
export async function countCalls(
  db: DatabaseOrTransaction,
  range: { from: Date; to: Date },
): Promise<LastCalls> {
  const [row] = await db.execute<LastCalls>(sql`
    with ${CALLS}
    select coalesce(sum(counted.calls), 0)::float8 as calls, coalesce(sum(counted.errors), 0)::float8 as errors
    from ${tilesOf(range)} cross join lateral ${COUNTED}`);
  return row ?? { calls: 0, errors: 0 };
}
