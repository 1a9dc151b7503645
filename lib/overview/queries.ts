import { count, isNull, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { loginStates, logins } from "#db/schema/logins.ts";
import { countPeopleTriedLately, listLoginCells } from "#lib/fallback/queries.ts";
import { isOffered } from "#lib/fallback/rules.ts";
import type { LoginCell } from "#lib/fallback/types.ts";
import { countLastCalls, listCallCells, listLatencyCells } from "#lib/service-health/call-queries.ts";
import { readDaySteps, readHourSteps, type TimeSteps } from "#lib/time-steps.ts";
import type { Recorded } from "#lib/trends/types.ts";
import { DAYS_COMPARED } from "./rules.ts";
import type { Counted, PeopleSeen } from "./types.ts";

const OPEN_LOGINS_COUNTED = 1000;
/** The last 24 hours and those before them. */
const HOURS_READ = 48;
/** As far as the longest chart and the strip of days look. */
const DAYS_READ = 90;
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

/** The last 48 hours and 90 days, counted from the rollups in hours and days of the given zone. */
export async function readOverview(db: DatabaseOrTransaction, now: Date, timeZone: string): Promise<Counted> {
  const [hourSteps, daySteps] = await Promise.all([
    readHourSteps(db, { count: HOURS_READ, now, timeZone }),
    readDaySteps(db, { count: DAYS_READ, now, timeZone }),
  ]);
  const [hours, days, lastHour, openLogins, people] = await Promise.all([
    readHours(db, hourSteps),
    readDays(db, daySteps),
    countLastCalls(db, now),
    countOpenLogins(db),
    countPeopleSeen(db, hourSteps, daySteps),
  ]);
  return { hours, days, lastHour, openLogins, people };
}

async function readHours(db: DatabaseOrTransaction, steps: TimeSteps): Promise<Recorded> {
  const [logins, calls, latencies] = await Promise.all([
    listLoginCells(db, steps, "all"),
    listCallCells(db, steps),
    listLatencyCells(db, steps),
  ]);
  return { steps, logins, calls, latencies };
}

/**
 * Of the logins of all days only those that charts are made of, and of the last ones those kept apart, with whom they are
 * compared: those never offered anything are the most. They are read together, as the counts of both lie together.
 */
async function readDays(db: DatabaseOrTransaction, steps: TimeSteps): Promise<Recorded> {
  const [logins, calls, latencies] = await Promise.all([
    listLoginCells(db, steps, "offered_or_kept_apart"),
    listCallCells(db, steps),
    listLatencyCells(db, steps),
  ]);
  const isTold = (cell: LoginCell) => isOffered(cell) || cell.step >= DAYS_READ - DAYS_COMPARED;
  return { steps, logins: logins.filter(isTold), calls, latencies };
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

/** A bounded look, since it only decides between counts and rates. */
const countPeopleSeen = (
  db: DatabaseOrTransaction,
  { now, starts: hours }: TimeSteps,
  { starts: [firstDay] }: TimeSteps,
): Promise<PeopleSeen> =>
  countPeopleTriedLately(db, { from: firstDay ?? now, lately: hours[HOURS_READ / 2] ?? now, to: now });
