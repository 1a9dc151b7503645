import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { latencyRollups, verificationCells, verificationRollups } from "#db/schema/rollups.ts";
import { inTile, tiledSteps, tilesOf } from "#lib/recording/tiers.ts";
import type { TimeSteps } from "#lib/time-steps.ts";
import type { CallCell, LastCalls, LatencyCell } from "./types.ts";

/** The API calls that logins made within the steps, the console's own tries left out, from the rollups. */
export async function listCallCells(db: DatabaseOrTransaction, steps: TimeSteps): Promise<CallCell[]> {
  return [
    ...(await db.execute<CallCell>(sql`
      select (step.place - 1)::integer as step, sum(r.count)::float8 as calls,
        coalesce(sum(r.count) filter (where outcome = 'api_error'), 0)::float8 as errors
      from ${tiledSteps(steps)} join ${verificationRollups} r on ${inTile} join ${verificationCells} c on c.id = r.cell
      where source = 'gateway' group by 1`)),
  ];
}

/** How long those calls took, as a histogram of each step. */
export async function listLatencyCells(db: DatabaseOrTransaction, steps: TimeSteps): Promise<LatencyCell[]> {
  return [
    ...(await db.execute<LatencyCell>(sql`
      select (step.place - 1)::integer as step, bucket, sum(r.count)::float8 as count
      from ${tiledSteps(steps)} join ${latencyRollups} r on ${inTile} and r.source = 'gateway'
      group by 1, 2`)),
  ];
}

const HOUR_MS = 3_600_000;

/** The calls of the last hour, from the rollups. */
export async function countLastCalls(db: DatabaseOrTransaction, now: Date): Promise<LastCalls> {
  const lastHour = { from: new Date(now.getTime() - HOUR_MS), to: now };
  const [row] = await db.execute<LastCalls>(sql`
    select coalesce(sum(r.count), 0)::float8 as calls,
      coalesce(sum(r.count) filter (where outcome = 'api_error'), 0)::float8 as errors
    from ${tilesOf(lastHour)} join ${verificationRollups} r on ${inTile} join ${verificationCells} c on c.id = r.cell
    where source = 'gateway'`);
  return row ?? { calls: 0, errors: 0 };
}
