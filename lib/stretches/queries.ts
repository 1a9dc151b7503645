import { type SQL, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import type { loginOutcomes, verifications } from "#db/schema/logins.ts";
import { type loginRollups, rollupClock, type verificationRollups } from "#db/schema/rollups.ts";
import { TIERS } from "#lib/recording/tiers.ts";
import type { TimeRange } from "#lib/time-steps.ts";
import { clipped, joined, restOf } from "./rules.ts";

/** So many counts are looked through for those that pass before each cell is looked up by itself. */
const NEAR_COUNTS = 2000;

/**
 * Rows of the history, and which counts say where they are: those of the cells, whose ids `cells` selects, where the count
 * `r` itself `holds` such rows.
 */
export type Counted = {
  history: typeof verifications | typeof loginOutcomes;
  rollups: typeof verificationRollups | typeof loginRollups;
  cells: SQL;
  holds: SQL;
};

/** Where to look: what is counted, a time, the end of it to begin from, and how many rows are wanted at most. */
type Search = { counted: Counted; within: TimeRange; falls: boolean; most: number };

/**
 * The first `most` rows of the time in its order, read where the counts say that there are such, the nearest first: rare
 * ones cost no walk through all the others. `read` takes the first so many that lie within stretches, which do not overlap.
 */
export async function readWhereCounted<Row>(
  db: DatabaseOrTransaction,
  search: Search,
  read: (stretches: readonly TimeRange[], most: number) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let within: TimeRange | null = search.within;
  while (within !== null && within.from < within.to) {
    const most = search.most - rows.length;
    const stretches = await findStretches(db, { ...search, within, most });
    const found = await read(clipped(joined(stretches), search.within), most);
    rows.push(...found);
    const isAll = stretches.length < most || rows.length >= search.most;
    within = isAll ? null : restOf(within, stretches, search.falls);
    if (within === null || found.length > 0) continue;
    // Counts outlive the history: what lies before it is not searched stretch by stretch.
    const oldest = await findOldest(db, search.counted);
    within = (oldest && clipped([within], { from: oldest, to: within.to })[0]) ?? null;
  }
  return rows;
}

/** Stretches to read rows from, as a table of `from_time` and `to_time`. */
export function asTable(stretches: readonly TimeRange[]): SQL {
  const list = (times: readonly Date[]) => `{${times.map((time) => time.toISOString()).join(",")}}`;
  const [from, to] = [list(stretches.map((one) => one.from)), list(stretches.map((one) => one.to))];
  return sql`unnest(${from}::timestamptz[], ${to}::timestamptz[]) as stretch(from_time, to_time)`;
}

async function findOldest(db: DatabaseOrTransaction, { history }: Counted): Promise<Date | null> {
  // As the index is sorted backward, nulls first; written otherwise the whole history would be sorted.
  const [oldest] = await db
    .select({ at: history.at })
    .from(history)
    .orderBy(sql`${history.at} asc nulls first`)
    .limit(1);
  return oldest?.at ?? null;
}

/**
 * The minutes, or hours where minutes are not kept any more, that count what is searched: the nearest `most` from the end
 * that the search begins with, in its order. Fewer than `most`: there are no others. Each holds one row at least, unless it
 * was deleted since. The history itself is not touched.
 */
async function findStretches(db: DatabaseOrTransaction, search: Search): Promise<TimeRange[]> {
  const near = await listStretches(db, nearCounts(search), search);
  return near.length >= search.most ? near : listStretches(db, countsByCell(search), search);
}

async function listStretches(
  db: DatabaseOrTransaction,
  counts: SQL,
  { falls, most }: Search,
): Promise<TimeRange[]> {
  const rows = await db
    .select({ from: sql<string>`starts_at`, to: sql<string>`ends_at` })
    .from(sql`(${counts}) found`)
    .orderBy(sql`starts_at ${inTime(falls)}`)
    .limit(most)
    .prepare("stretches")
    .execute();
  return rows.map(({ from, to }) => ({ from: new Date(from), to: new Date(to) }));
}

/** Common rows are among the nearest counts of all, whatever they count. */
function nearCounts(search: Search): SQL {
  const { counted, falls } = search;
  const parts = countsOfTiers(search).map((part) => sql`(${part} order by starts_at ${inTime(falls)})`);
  return sql`
    select starts_at, ends_at from (
      select * from (${sql.join(parts, sql` union all `)}) of_tiers
      order by starts_at ${inTime(falls)} limit ${NEAR_COUNTS}
    ) near where holds and cell in (${counted.cells})`;
}

/** Rare ones are found by what counts them, however far away they are. */
function countsByCell(search: Search): SQL {
  const { counted, falls, most } = search;
  const parts = countsOfTiers(search).map(
    (part) => sql`(
      ${part} and r.cell = passing.id and ${counted.holds} order by starts_at ${inTime(falls)} limit ${most})`,
  );
  return sql`
    select starts_at, ends_at from (${counted.cells}) passing
      cross join lateral (${sql.join(parts, sql` union all `)}) of_cell`;
}

/** Counts that reach into the time: by the minute as far as minutes are kept, by the hour before. */
function countsOfTiers({ counted, within }: Search): [minutes: SQL, hours: SQL] {
  const [from, to] = [within.from, within.to].map((time) => sql`${time.toISOString()}::timestamptz`);
  const minutesFrom = sql`(select minutes_from from ${rollupClock})`;
  const counts = sql`select r.starts_at, r.cell, ${counted.holds} as holds, `;
  return [
    sql`${counts} r.starts_at + interval '1 minute' as ends_at from ${counted.rollups} r
      where r.tier = ${TIERS.minute} and r.starts_at < ${to}
        and r.starts_at > ${from} - interval '1 minute' and r.starts_at >= ${minutesFrom}`,
    sql`${counts} least(r.starts_at + interval '1 hour', ${minutesFrom}) as ends_at from ${counted.rollups} r
      where r.tier = ${TIERS.hour} and r.starts_at < ${to} and r.starts_at < ${minutesFrom}
        and r.starts_at > ${from} - interval '1 hour'`,
  ];
}

const inTime = (falls: boolean): SQL => (falls ? sql`desc` : sql`asc`);
