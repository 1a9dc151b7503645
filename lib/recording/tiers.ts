import { type SQL, sql } from "drizzle-orm";
import { stepRows, type TimeSteps } from "#lib/time-steps.ts";

/** The tiers in which the history is counted, by the names PostgreSQL has for them, and as they are stored. */
export const TIERS = { minute: 0, hour: 1, day: 2 } as const;

export type Tier = keyof typeof TIERS;

/** The table that holds one tier of a rollup's rows; where rows are named by their place only it will do. */
export const tierTable = (rollup: string, tier: Tier): string => `${rollup}_${tier}`;

/** Counts by the minute are kept for so many days; by the hour and the day as long as the retention of counts says. */
export const MINUTES_KEPT_DAYS = 35;

/**
 * The steps as rows `step(starts_at, ends_at, place)`, each joined with the fewest `tile(tier, starts_at, ends_at)` that
 * make it up, whatever zone or part of a day it is: a look into the rollup for each walks its key. Steps begin on minutes.
 */
export const tiledSteps = (steps: TimeSteps): SQL =>
  sql`${stepRows(steps)} cross join lateral rollup_tiles(step.starts_at, step.ends_at) as tile`;

/** One stretch of time as `tile(tier, starts_at, ends_at)`. */
export const tilesOf = ({ from, to }: { from: Date; to: Date }): SQL =>
  sql`rollup_tiles(${from.toISOString()}::timestamptz, ${to.toISOString()}::timestamptz) as tile`;

/**
 * That a rollup's row `r` lies in the tile. Written as rows, which walk the key for each tile; by `r.tier = tile.tier` the
 * planner may merge whole tiers with all tiles: seconds where this takes milliseconds.
 */
export const inTile: SQL = sql`(r.tier, r.starts_at) >= (tile.tier, tile.starts_at)
  and (r.tier, r.starts_at) < (tile.tier, tile.ends_at)`;
