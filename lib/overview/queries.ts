import { and, count, eq, gte, isNull, type SQL, sql, sum } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { DatabaseOrTransaction } from "#db/client.ts";
import {
  latencyRollups,
  loginOutcomes,
  loginRollups,
  loginStates,
  logins,
  verificationRollups,
} from "#db/schema/logins.ts";
import type { LatencyHistogram } from "#lib/recording/rules.ts";
import type { CallFigures, LoginCell, OverviewData } from "./types.ts";

const HOUR_MS = 3_600_000;
/** Most outcomes looked at to see whether there are enough people for rates. */
const OUTCOMES_SAMPLED = 5000;
const OPEN_LOGINS_COUNTED = 1000;

const as = <T>(column: AnyPgColumn): SQL<T> => sql<T>`${column}`;
const hourIn = (time: SQL, timeZone: string): SQL<Date> =>
  sql`date_trunc('hour', ${time}, ${timeZone})`.mapWith(loginRollups.minute);

/** How many logins were ever opened, counted no further than `most`: enough to know whether it has begun. */
export async function countLoginsUpTo(db: DatabaseOrTransaction, most: number): Promise<number> {
  const some = db
    .select({ one: sql`1`.as("one") })
    .from(logins)
    .limit(most)
    .as("some");
  const [row] = await db.select({ count: count() }).from(some);
  return row?.count ?? 0;
}

/** The last 24 hours, counted from the rollups: from the hour 23 hours before the present one, in the given zone. */
export async function readOverview(
  db: DatabaseOrTransaction,
  now: Date,
  timeZone: string,
): Promise<OverviewData> {
  const [present] = await db.execute<{ hour: string }>(
    sql`select date_trunc('hour', ${now.toISOString()}::timestamptz, ${timeZone}) as hour`,
  );
  const since = new Date(new Date(present?.hour ?? now).getTime() - 23 * HOUR_MS);
  const [cells, calls, latencies, openLogins, peopleSeen] = await Promise.all([
    readLoginCells(db, since, timeZone),
    readCallFigures(db, since, now),
    readLatencies(db, since),
    countOpenLogins(db),
    countPeopleSeen(db, since),
  ]);
  return { since, cells, calls, latencies, openLogins, peopleSeen };
}

async function readLoginCells(
  db: DatabaseOrTransaction,
  since: Date,
  timeZone: string,
): Promise<LoginCell[]> {
  const rows = await db
    .select({
      hour: hourIn(sql`${loginRollups.minute}`, timeZone),
      path: as<LoginCell["path"]>(loginRollups.path),
      pathReason: as<LoginCell["pathReason"]>(loginRollups.pathReason),
      outcome: as<LoginCell["outcome"]>(loginRollups.outcome),
      fallbackReason: as<LoginCell["fallbackReason"]>(loginRollups.fallbackReason),
      count: sum(loginRollups.count).mapWith(Number),
    })
    .from(loginRollups)
    .where(gte(loginRollups.minute, since))
    .groupBy(sql`1, 2, 3, 4, 5`);
  return rows;
}

async function readCallFigures(db: DatabaseOrTransaction, since: Date, now: Date): Promise<CallFigures> {
  const failed = sql`${verificationRollups.outcome} = 'api_error'`;
  const lately = sql`${verificationRollups.minute} >= ${new Date(now.getTime() - HOUR_MS).toISOString()}::timestamptz`;
  const total = (condition: SQL) =>
    sql<number>`coalesce(sum(${verificationRollups.count}) filter (where ${condition}), 0)`.mapWith(Number);
  const [row] = await db
    .select({
      calls: total(sql`true`),
      errors: total(failed),
      lastHourCalls: total(lately),
      lastHourErrors: total(sql`${failed} and ${lately}`),
    })
    .from(verificationRollups)
    .where(and(gte(verificationRollups.minute, since), eq(verificationRollups.source, "gateway")));
  return row ?? { calls: 0, errors: 0, lastHourCalls: 0, lastHourErrors: 0 };
}

async function readLatencies(db: DatabaseOrTransaction, since: Date): Promise<LatencyHistogram> {
  return db
    .select({ bucket: latencyRollups.bucket, count: sum(latencyRollups.count).mapWith(Number) })
    .from(latencyRollups)
    .where(and(gte(latencyRollups.minute, since), eq(latencyRollups.source, "gateway")))
    .groupBy(latencyRollups.bucket);
}

async function countOpenLogins(db: DatabaseOrTransaction): Promise<number> {
  const open = db
    .select({ one: sql`1`.as("one") })
    .from(loginStates)
    .where(isNull(loginStates.closedAt))
    .limit(OPEN_LOGINS_COUNTED)
    .as("open");
  const [row] = await db.select({ count: count() }).from(open);
  return row?.count ?? 0;
}

/** Different people among the latest logins; a bounded look, since it only decides between counts and rates. */
async function countPeopleSeen(db: DatabaseOrTransaction, since: Date): Promise<number> {
  const sample = db
    .select({ personId: loginOutcomes.personId })
    .from(loginOutcomes)
    .where(and(gte(loginOutcomes.openedAt, since), eq(loginOutcomes.path, "biometric")))
    .orderBy(sql`${loginOutcomes.openedAt} desc`)
    .limit(OUTCOMES_SAMPLED)
    .as("sample");
  const [row] = await db
    .select({ people: sql<number>`count(distinct ${sample.personId})`.mapWith(Number) })
    .from(sample);
  return row?.people ?? 0;
}
