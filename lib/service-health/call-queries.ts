import { and, eq, gte, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { latencyRollups, verificationRollups } from "#db/schema/logins.ts";
import { stepRows, type TimeSteps } from "#lib/time-steps.ts";
import type { CallCell, LastCalls, LatencyCell } from "./types.ts";

/** The API calls that logins made within the steps, the console's own tries left out, from the rollups. */
export async function listCallCells(db: DatabaseOrTransaction, steps: TimeSteps): Promise<CallCell[]> {
  return [
    ...(await db.execute<CallCell>(sql`
      select (step.place - 1)::integer as step, cell.* from ${stepRows(steps)} cross join lateral (
        select sum(count)::float8 as calls,
          coalesce(sum(count) filter (where outcome = 'api_error'), 0)::float8 as errors
        from ${verificationRollups}
        where minute >= step.starts_at and minute < step.ends_at and source = 'gateway'
      ) cell where cell.calls > 0`)),
  ];
}

/** How long those calls took, as a histogram of each step. */
export async function listLatencyCells(db: DatabaseOrTransaction, steps: TimeSteps): Promise<LatencyCell[]> {
  return [
    ...(await db.execute<LatencyCell>(sql`
      select (step.place - 1)::integer as step, cell.* from ${stepRows(steps)} cross join lateral (
        select bucket, sum(count)::float8 as count
        from ${latencyRollups}
        where minute >= step.starts_at and minute < step.ends_at and source = 'gateway'
        group by bucket
      ) cell`)),
  ];
}

const HOUR_MS = 3_600_000;

/** The calls of the last hour, from the rollups. */
export async function countLastCalls(db: DatabaseOrTransaction, now: Date): Promise<LastCalls> {
  const { minute, source, outcome } = verificationRollups;
  const [row] = await db
    .select({
      calls: sql<number>`coalesce(sum(count), 0)`.mapWith(Number),
      errors: sql<number>`coalesce(sum(count) filter (where ${outcome} = 'api_error'), 0)`.mapWith(Number),
    })
    .from(verificationRollups)
    .where(and(gte(minute, new Date(now.getTime() - HOUR_MS)), eq(source, "gateway")));
  return row ?? { calls: 0, errors: 0 };
}
