import { type SQL, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { loginCells, loginRollups } from "#db/schema/rollups.ts";
import { inTile, tiledSteps } from "#lib/recording/tiers.ts";
import type { TimeSteps } from "#lib/time-steps.ts";
import type { LoginCell } from "./types.ts";

/** All logins; those offered the biometric path; those whom the rollout alone kept on the legacy one. */
type Which = "all" | "offered" | "kept_apart";

const CONDITIONS: Record<Which, SQL> = {
  all: sql`true`,
  offered: sql`path = 'biometric'`,
  kept_apart: sql`path = 'legacy' and path_reason = 'not_exposed'`,
};

/** The logins that ended within the steps, counted from the rollups. */
export async function listLoginCells(
  db: DatabaseOrTransaction,
  steps: TimeSteps,
  which: Which,
): Promise<LoginCell[]> {
  // The columns hold the closed enums of lib/logins/schema.ts; rollups are written by the recorder alone.
  return [
    ...(await db.execute<LoginCell>(sql`
      select (step.place - 1)::integer as step, exposure_percent as "exposurePercent", path, path_reason as "pathReason",
        outcome, fallback_reason as "fallbackReason",
        sum(counted.count)::float8 as count, sum(counted.locked_out)::float8 as "lockedOut"
      from ${tiledSteps(steps)} cross join lateral (
        select r.cell, r.count, r.locked_out from ${loginRollups} r where ${inTile}
      ) counted join ${loginCells} on id = counted.cell
      where ${CONDITIONS[which]}
      group by 1, 2, 3, 4, 5, 6`)),
  ];
}
