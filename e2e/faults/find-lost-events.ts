import type { Sql } from "postgres";
import { openDatabase } from "#db/client.ts";
import type { RollupDifference } from "#lib/recording/queries.ts";
import { recountRollups } from "#lib/recording/recount-rollups.ts";

export type LostEvents = {
  acknowledged: number;
  /** Acknowledged by the journal, not by the database. */
  throughJournal: number;
  stored: number;
  /** Acknowledged events that are not in the database. */
  lost: string[];
  /** Ids that are there more than once. */
  twice: string[];
  /** What `npm run recount` finds. */
  rollupDifferences: RollupDifference[];
  /** People whose count of failures in a row is not what their history says. */
  miscounted: string[];
};

const TABLES = { logins: "id", verifications: "id", login_outcomes: "login_id" } as const;

/** Compares what was acknowledged, line by line (`table id durability`), with what the database holds. */
export async function findLostEvents(
  databaseUrl: string,
  acknowledged: readonly string[],
): Promise<LostEvents> {
  const { sql, close } = openDatabase(databaseUrl, { connections: 1, applicationName: "gatehouse-faults" });
  try {
    const stored = new Map<string, number>();
    for (const [table, id] of Object.entries(TABLES)) {
      const rows = await sql<{ id: string }[]>`select ${sql(id)} as id from ${sql(table)}`;
      for (const row of rows) {
        const key = `${table} ${row.id}`;
        stored.set(key, (stored.get(key) ?? 0) + 1);
      }
    }
    const keys = acknowledged.map((line) => line.slice(0, line.lastIndexOf(" ")));
    return {
      acknowledged: keys.length,
      throughJournal: acknowledged.filter((line) => line.endsWith(" journal")).length,
      stored: [...stored.values()].reduce((sum, count) => sum + count, 0),
      lost: keys.filter((key) => !stored.has(key)),
      twice: [...stored].filter(([, count]) => count > 1).map(([key]) => key),
      rollupDifferences: await recount(sql),
      miscounted: (
        await sql<{ id: string }[]>`
        select p.id from people p left join lateral (
          select max(v.at) filter (where v.outcome = 'matched') as at from verifications v where v.person_id = p.id
        ) matched on true
        where p.failures_in_a_row <> (
          select count(*) from verifications v
          where v.person_id = p.id and v.at > coalesce(matched.at, '-infinity')
            and v.source = 'gateway' and v.outcome in ('not_matched', 'capture_refused', 'spoof_suspected'))`
      ).map(({ id }) => id),
    };
  } finally {
    await close();
  }
}

async function recount(sql: Sql): Promise<RollupDifference[]> {
  const found: RollupDifference[] = [];
  for await (const { differences } of recountRollups(sql, { now: new Date() })) found.push(...differences);
  return found;
}
