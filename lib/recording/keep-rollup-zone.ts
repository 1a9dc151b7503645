import type { Sql } from "postgres";
import { ROLLUPS, type Rollup } from "./rollup-statement.ts";
import { TIERS } from "./tiers.ts";

/**
 * Has hours and days counted as they begin in this zone, and says whether that was a change. Then hours are summed again
 * from minutes as far as those are kept, and days from hours; events that come meanwhile wait for it, or stand in the
 * gateways' journals. An older hour that begins within one of the new zone (zones apart by half hours) counts where it began.
 */
export async function keepRollupZone(sql: Sql, timeZone: string): Promise<boolean> {
  const [clock] = await sql<{ timeZone: string }[]>`select time_zone as "timeZone" from rollup_clock`;
  if (clock?.timeZone === timeZone) return false;
  await sql.begin(async (tx) => {
    await tx`set local statement_timeout = 0`;
    await tx.unsafe(`lock table ${ROLLUPS.map(({ table }) => table).join(", ")} in share row exclusive mode`);
    // The first hour of before of which every minute is kept: what is deleted is exactly what is summed again.
    const [before] = await tx<{ hour: string }[]>`
      select case when minutes_from < '1971-01-01' then '-infinity'
        else (date_trunc('hour', minutes_from, time_zone) + interval '1 hour')::text end as hour
      from rollup_clock where time_zone <> ${timeZone}`;
    if (before === undefined) return;
    await tx`update rollup_clock set time_zone = ${timeZone}`;
    for (const rollup of ROLLUPS) {
      await sumAgain(tx as unknown as Sql, rollup, { to: "hour", from: "minute", since: before.hour });
      await sumAgain(tx as unknown as Sql, rollup, { to: "day", from: "hour", since: "-infinity" });
    }
  });
  return true;
}

type Sum = { to: "hour" | "day"; from: "minute" | "hour"; since: string };

/** Written in the order of its key, as it is read: a chart would otherwise read a page for each of its rows. */
async function sumAgain(tx: Sql, { table, key, sums }: Rollup, { to, from, since }: Sum): Promise<void> {
  const names = Object.keys(sums);
  await tx.unsafe(`delete from ${table} where tier = ${TIERS[to]} and starts_at >= '${since}'`);
  await tx.unsafe(`
    insert into ${table} as r (tier, starts_at, ${key}, ${names})
    select ${TIERS[to]}, date_trunc('${to}', starts_at, (select time_zone from rollup_clock)), ${key},
      ${names.map((name) => `sum(${name})::bigint`)}
    from ${table} where tier = ${TIERS[from]} and starts_at >= '${since}'
    group by 2, ${key} order by 2, ${key}
    on conflict (tier, starts_at, ${key}) do update set ${names.map((name) => `${name} = r.${name} + excluded.${name}`)}`);
}
