import type { Sql } from "postgres";
import { findRollupDifferences, type RecountedTime, type RollupDifference } from "./queries.ts";
import { addCellsSql, ROLLUPS, type Rollup, rowKeyOf } from "./rollup-statement.ts";

/** Two recounts that repair at once would add what is missing twice. */
const LOCK = "recount-rollups";

export type RecountedDay = RecountedTime & { differences: RollupDifference[] };

/**
 * Goes through the history day by day of the rollups' zone, oldest first, and tells where a count differs from its raw
 * rows; with `repair` it is put right before the next day is looked at. Logins may be recorded all the while. Days whose
 * raw rows went with their retention, wholly or in part, are left out. Cut off anywhere it can be run again.
 */
export async function* recountRollups(
  sql: Sql,
  { repair = false, now }: { repair?: boolean; now: Date },
): AsyncGenerator<RecountedDay> {
  for (const day of await listRecountableDays(sql, now)) {
    yield { ...day, differences: repair ? await repairDay(sql, day) : await findRollupDifferences(sql, day) };
  }
}

/**
 * Every day from the first of which all raw rows are kept to the last that anything was recorded on. A login may end the
 * day after it was opened, with whose month its rows go: the first day after a dropped month is not whole.
 */
async function listRecountableDays(sql: Sql, now: Date): Promise<RecountedTime[]> {
  const rows = await sql<{ from: Date; to: Date }[]>`
    with clock as (select time_zone as zone from rollup_clock),
    known as (
      select min(at) as first, max(at) as last from verifications
      union all select min(at), max(at) from login_outcomes
      union all select min(starts_at), max(starts_at) from verification_rollups where tier = 2
      union all select min(starts_at), max(starts_at) from login_rollups where tier = 2
    ),
    range as (
      select greatest(min(first), (select month + interval '2 days' from history_floors)) at time zone zone as first,
        greatest(max(last), ${now.toISOString()}::text::timestamptz) at time zone zone as last
      from known, clock group by zone
    )
    select day at time zone zone as from, (day + interval '1 day') at time zone zone as to
    from range, clock, generate_series(date_trunc('day', first), date_trunc('day', last), interval '1 day') as day
    order by 1`;
  return rows.map(({ from, to }) => ({ from: new Date(from), to: new Date(to) }));
}

/** The differences of one day, already put right, by what is missing on either side: what comes meanwhile is counted too. */
async function repairDay(sql: Sql, day: RecountedTime): Promise<RollupDifference[]> {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext(${LOCK}))`;
    const differences = await findRollupDifferences(tx as unknown as Sql, day);
    for (const rollup of ROLLUPS) {
      const own = differences.filter((difference) => difference.rollup === rollup.table);
      if (own.length > 0) await addMissing(tx as unknown as Sql, rollup, own);
      const isNameless = differences.some((difference) => difference.rollup === rollup.cells?.table);
      if (rollup.cells !== null && isNameless) {
        const raw = `(select * from ${rollup.raw} where at >= $1::text::timestamptz and at < $2::text::timestamptz)`;
        await tx.unsafe(addCellsSql(rollup.cells, raw), [day.from.toISOString(), day.to.toISOString()]);
      }
    }
    return differences;
  });
}

async function addMissing(tx: Sql, rollup: Rollup, differences: readonly RollupDifference[]): Promise<void> {
  const sums = Object.keys(rollup.sums);
  const rows = differences.map(({ key, recounted, stored }) => ({
    ...key,
    ...Object.fromEntries(sums.map((sum) => [sum, (recounted?.[sum] ?? 0) - (stored?.[sum] ?? 0)])),
  }));
  const key = rowKeyOf(rollup);
  await tx.unsafe(
    `insert into ${rollup.table} as r (${key}, ${sums})
      select ${key}, ${sums} from json_populate_recordset(null::${rollup.table}, $1::text::json)
      on conflict (${key}) do update set ${sums.map((sum) => `${sum} = r.${sum} + excluded.${sum}`)}`,
    [JSON.stringify(rows)],
  );
  await tx.unsafe(
    `delete from ${rollup.table} where count = 0 and (${key}) in
      (select ${key} from json_populate_recordset(null::${rollup.table}, $1::text::json))`,
    [JSON.stringify(rows)],
  );
}
