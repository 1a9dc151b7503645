import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import {
  countSql,
  LATENCY_ROLLUP,
  LOGIN_ROLLUP,
  ROLLUPS,
  type Rollup,
  rowKeyOf,
  VERIFICATION_ROLLUP,
} from "./rollup-statement.ts";

/** Which events go: those of these applications and those about these people, of logins opened in this time. */
export type RemovedEvents = {
  applicationIds: readonly string[];
  personIds: readonly string[];
  from: Date;
  /** Not included. */
  until: Date;
};

const arrayOf = (ids: readonly string[]) => sql`${`{${ids.join(",")}}`}::uuid[]`;

/** Takes what these deleted rows counted off the rollup's rows of the same key. */
function subtract(rollup: Rollup, from: string) {
  const key = rowKeyOf(rollup).split(", ");
  const own = key.map((column) => `r.${column}`);
  const gone = key.map((column) => `g.${column}`);
  const less = Object.keys(rollup.sums).map((sum) => `${sum} = r.${sum} - g.${sum}`);
  return sql.raw(
    `update ${rollup.table} r set ${less} from (${countSql(rollup, from)}) g where (${own}) = (${gone})`,
  );
}

/**
 * Deletes events with their working rows and reports, and takes them off the rollups: in one statement, from what that
 * statement itself deleted, the way they were once counted. So what stays is counted as before, and repeating it
 * changes nothing. Give it a transaction: rollup rows that reach nothing go with it. Returns how many went.
 */
export async function removeEvents(
  tx: DatabaseOrTransaction,
  { applicationIds, personIds, from, until }: RemovedEvents,
): Promise<{ logins: number; verifications: number }> {
  const [applications, people] = [arrayOf(applicationIds), arrayOf(personIds)];
  const since = sql`${from.toISOString()}::timestamptz`;
  const inTime = sql`opened_at >= ${since} and opened_at < ${until.toISOString()}::timestamptz`;
  const ours = sql`${inTime} and (application_id = any(${applications}) or person_id = any(${people}))`;
  const [gone] = await tx.execute<{ logins: number; verifications: number; last: string | null }>(sql`with
    gone_logins as (delete from logins where ${ours} returning id),
    gone_outcomes as (delete from login_outcomes where ${ours} returning *),
    gone_verifications as (
      delete from verifications where ${inTime} and (actor_id = any(${applications}) or person_id = any(${people}))
      returning *
    ),
    gone_states as (delete from login_states where id in (select id from gone_logins)),
    gone_reports as (delete from login_reports where login_id in (select id from gone_logins)),
    fewer_verifications as (${subtract(VERIFICATION_ROLLUP, "gone_verifications")}),
    fewer_logins as (${subtract(LOGIN_ROLLUP, "gone_outcomes")}),
    fewer_latencies as (${subtract(LATENCY_ROLLUP, "gone_verifications")})
    select (select count(*) from gone_logins)::integer as logins,
      (select count(*) from gone_verifications)::integer as verifications,
      (select max(at) from (
        select at from gone_verifications union all select at from gone_outcomes) a)::text as last`);
  if (gone === undefined || gone.last === null) return { logins: gone?.logins ?? 0, verifications: 0 };
  for (const { table } of ROLLUPS) {
    // A day begins at most a day before the first of the events that it counts.
    await tx.execute(sql`delete from ${sql.identifier(table)}
      where tier in (0, 1, 2) and count = 0
        and starts_at >= ${since} - interval '1 day' and starts_at <= ${gone.last}::timestamptz`);
  }
  return { logins: gone.logins, verifications: gone.verifications };
}
