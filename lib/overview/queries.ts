import { and, count, eq, gte, isNull, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { loginOutcomes, loginStates, logins } from "#db/schema/logins.ts";
import { listLoginCells } from "#lib/fallback/queries.ts";
import { countLastCalls, listCallCells, listLatencyCells } from "#lib/service-health/call-queries.ts";
import { readDaySteps, readHourSteps, stepsBefore, stepsFrom, type TimeSteps } from "#lib/time-steps.ts";
import type { Recorded } from "#lib/trends/types.ts";
import { DAYS_COMPARED } from "./rules.ts";
import type { Counted, PeopleSeen } from "./types.ts";

/** Most outcomes looked at to see whether there are enough people for rates. */
const OUTCOMES_SAMPLED = 5000;
const OPEN_LOGINS_COUNTED = 1000;
/** The last 24 hours and those before them. */
const HOURS_READ = 48;
/** As far as the longest chart and the strip of days look. */
const DAYS_READ = 90;
/** Today and yesterday, whose last minutes may still be told. */
const DAYS_LIVE = 2;

/** Reads what was recorded within days; those kept apart by the rollout from the day at `apartFrom` on. */
export type ReadDays = (db: DatabaseOrTransaction, days: TimeSteps, apartFrom: number) => Promise<Recorded>;

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

/**
 * The last 48 hours and 90 days, counted from the rollups in hours and days of the given zone. Days that ended before
 * yesterday may come from somebody who remembers them: `readEnded`.
 */
export async function readOverview(
  db: DatabaseOrTransaction,
  now: Date,
  timeZone: string,
  readEnded: ReadDays = readDays,
): Promise<Counted> {
  const [hourSteps, daySteps] = await Promise.all([
    readHourSteps(db, { count: HOURS_READ, now, timeZone }),
    readDaySteps(db, { count: DAYS_READ, now, timeZone }),
  ]);
  const [hours, days, lastHour, openLogins, people] = await Promise.all([
    readHours(db, hourSteps),
    readAllDays(db, daySteps, readEnded),
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

async function readAllDays(
  db: DatabaseOrTransaction,
  steps: TimeSteps,
  readEnded: ReadDays,
): Promise<Recorded> {
  const ended = DAYS_READ - DAYS_LIVE;
  const [past, live] = await Promise.all([
    readEnded(db, stepsBefore(steps, ended), DAYS_READ - DAYS_COMPARED),
    readDays(db, stepsFrom(steps, ended), 0),
  ]);
  return {
    steps,
    logins: [...past.logins, ...shifted(live.logins, ended)],
    calls: [...past.calls, ...shifted(live.calls, ended)],
    latencies: [...past.latencies, ...shifted(live.latencies, ended)],
  };
}

const shifted = <Cell extends { step: number }>(cells: readonly Cell[], steps: number): Cell[] =>
  cells.map((cell) => ({ ...cell, step: cell.step + steps }));

/** Of the logins of all days only those that charts and stages are made of: those never offered anything are the most. */
export const readDays: ReadDays = async (db, steps, apartFrom) => {
  const [offered, keptApart, calls, latencies] = await Promise.all([
    listLoginCells(db, steps, "offered"),
    listLoginCells(db, stepsFrom(steps, apartFrom), "kept_apart"),
    listCallCells(db, steps),
    listLatencyCells(db, steps),
  ]);
  return { steps, logins: [...offered, ...shifted(keptApart, apartFrom)], calls, latencies };
};

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
async function countPeopleSeen(
  db: DatabaseOrTransaction,
  hours: TimeSteps,
  days: TimeSteps,
): Promise<PeopleSeen> {
  const lately = hours.starts[HOURS_READ / 2] ?? hours.now;
  const { openedAt, personId, path } = loginOutcomes;
  const sample = db
    .select({ personId, openedAt })
    .from(loginOutcomes)
    .where(and(gte(openedAt, days.starts[0] ?? days.now), eq(path, "biometric")))
    .orderBy(sql`${openedAt} desc`)
    .limit(OUTCOMES_SAMPLED)
    .as("sample");
  const [row] = await db
    .select({
      inAll: sql`count(distinct ${sample.personId})`.mapWith(Number),
      lately:
        sql`count(distinct ${sample.personId}) filter (where ${sample.openedAt} >= ${lately.toISOString()}::timestamptz)`.mapWith(
          Number,
        ),
    })
    .from(sample);
  return row ?? { inAll: 0, lately: 0 };
}
