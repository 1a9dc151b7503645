import { and, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { verifications } from "#db/schema/logins.ts";
import { loginCells, loginRollups } from "#db/schema/rollups.ts";
import { inTile, tiledSteps } from "#lib/recording/tiers.ts";
import type { TimeSteps } from "#lib/time-steps.ts";
import type { LoginCell } from "./types.ts";

/** All logins; those offered the biometric path; with them those whom the rollout alone kept on the legacy one. */
type Which = "all" | "offered" | "offered_or_kept_apart";

const CONDITIONS: Record<Which, SQL> = {
  all: sql`true`,
  offered: sql`path = 'biometric'`,
  offered_or_kept_apart: sql`(path = 'biometric' or (path = 'legacy' and path_reason = 'not_exposed'))`,
};

const TOLD_APART = sql.raw("exposure_percent, path, path_reason, outcome, fallback_reason");

/**
 * The logins that ended within the steps, counted from the rollups. They are added up by a small number that stands for
 * what a cell is told apart by here, and get their words at the end: the words of every cell would cost most of the time.
 */
export async function listLoginCells(
  db: DatabaseOrTransaction,
  steps: TimeSteps,
  which: Which,
): Promise<LoginCell[]> {
  // The columns hold the closed enums of lib/logins/schema.ts; rollups are written by the recorder alone.
  return [
    ...(await db.execute<LoginCell>(sql`
      with known as materialized (
        select id, dense_rank() over (order by ${TOLD_APART})::integer as kind, ${TOLD_APART}
        from ${loginCells} where ${CONDITIONS[which]}
      ), counted as (
        select step.place, tiled.kind, sum(tiled.count) as count, sum(tiled.locked_out) as locked_out
        from ${tiledSteps(steps)} cross join lateral (
          select kind, sum(r.count) as count, sum(r.locked_out) as locked_out
          from ${loginRollups} r join known on id = r.cell where ${inTile} group by 1
        ) tiled group by 1, 2
      )
      select (place - 1)::integer as step, exposure_percent as "exposurePercent", path, path_reason as "pathReason",
        outcome, fallback_reason as "fallbackReason", count::float8 as count, locked_out::float8 as "lockedOut"
      from counted join (select distinct kind, ${TOLD_APART} from known) named using (kind)`)),
  ];
}

/** Most tries looked at to see whether there are enough people for rates. */
const TRIES_SAMPLED = 5000;

/**
 * How many different people tried the biometric path within this time, among the latest 5000 tries: enough to see whether
 * there are so many that rates may be told. Tries are looked at, not logins: where few are offered the path, a search for
 * those among all logins would have no end.
 */
export const countPeopleTried = async (
  db: DatabaseOrTransaction,
  { from, to }: { from: Date; to: Date },
): Promise<number> => (await countPeopleTriedLately(db, { from, lately: from, to })).inAll;

/** The same of the whole time and of its part from `lately` on, by one look: the latest tries of both are the same. */
export async function countPeopleTriedLately(
  db: DatabaseOrTransaction,
  { from, lately, to }: { from: Date; lately: Date; to: Date },
): Promise<{ lately: number; inAll: number }> {
  const { at, id, personId, source } = verifications;
  const sample = db
    .select({ personId, at })
    .from(verifications)
    .where(and(gte(at, from), lt(at, to), eq(source, "gateway")))
    // As the index is sorted, which is walked in its order.
    .orderBy(sql`${at} desc nulls last`, sql`${id} desc nulls last`)
    .limit(TRIES_SAMPLED)
    .as("sample");
  const people = db
    .select({ personId: sample.personId, last: sql<string>`max(${sample.at})`.as("last") })
    .from(sample)
    .groupBy(sample.personId)
    .as("people");
  const known = sql`count(${people.personId})`;
  const [row] = await db
    .select({
      lately: sql`${known} filter (where ${people.last} >= ${lately.toISOString()}::timestamptz)`.mapWith(
        Number,
      ),
      inAll: known.mapWith(Number),
    })
    .from(people);
  return row ?? { lately: 0, inAll: 0 };
}
