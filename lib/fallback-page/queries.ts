import { type SQL, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { oneOf } from "#db/one-of.ts";
import { loginCells, loginRollups } from "#db/schema/rollups.ts";
import { ENDED_ON_LEGACY } from "#lib/fallback/rules.ts";
import { inTile, tiledSteps } from "#lib/recording/tiers.ts";
import { dayOf } from "#lib/retention/rules.ts";
import type { TimeRange } from "#lib/time-steps.ts";
import {
  DAYS_OF_SPAN,
  readDaySteps,
  readDaysBetween,
  readHourSteps,
  type TimeSteps,
} from "#lib/time-steps.ts";
import { dayBefore } from "./rules.ts";
import type {
  Against,
  FacetCell,
  FacetName,
  FallbackFilters,
  FallbackSearch,
  Periods,
  RateCell,
} from "./types.ts";

type Clock = { now: Date; timeZone: string };

/** Values of a facet as they stand in the dictionary of cells. */
const VALUES: Record<FacetName, SQL> = {
  reason: sql`fallback_reason`,
  stage: sql`exposure_percent::text`,
  channel: sql`channel`,
  application: sql`application_id::text`,
  device: sql`device_class`,
};
const FACETS = Object.keys(VALUES) as FacetName[];

/** Whether a cell has one of the values chosen in a facet. */
export const passes = (filters: FallbackFilters, facet: FacetName): SQL =>
  filters[facet].length === 0 ? sql`true` : sql`${VALUES[facet]} = ${oneOf(filters[facet])}`;

/** Whether a cell is part of what fallback is a share of: reasons narrow fallbacks, never what was offered. */
export const isAmong = (filters: FallbackFilters): SQL =>
  sql.join(
    FACETS.filter((facet) => facet !== "reason").map((facet) => passes(filters, facet)),
    sql` and `,
  );

/** Whether an offered login of a cell fell back. */
export const isFallback = sql`outcome = ${oneOf(ENDED_ON_LEGACY)}`;

/**
 * Offered logins and fallbacks of every step, by the values of one facet, from the rollups; without a facet all as one,
 * of value "". They are added up by a small number in place of a value's words, which would cost most of the time.
 */
export async function listRateCells(
  db: DatabaseOrTransaction,
  steps: TimeSteps,
  filters: FallbackFilters,
  split: FacetName | null,
): Promise<RateCell[]> {
  const value = split === null ? sql`''` : VALUES[split];
  return [
    ...(await db.execute<RateCell>(sql`
      with known as materialized (
        select id, ${value} as value, dense_rank() over (order by ${value})::integer as kind,
          ${isFallback} and ${passes(filters, "reason")} as fell_back
        from ${loginCells} where path = 'biometric' and ${isAmong(filters)}
      ), counted as (
        select step.place, tiled.kind, sum(tiled.offered) as offered, sum(tiled.fell_back) as fell_back
        from ${tiledSteps(steps)} cross join lateral (
          select kind, sum(r.count) as offered, sum(r.count) filter (where fell_back) as fell_back
          from ${loginRollups} r join known on id = r.cell where ${inTile} group by 1
        ) tiled group by 1, 2
      )
      select (place - 1)::integer as step, value, offered::float8 as offered, coalesce(fell_back, 0)::float8 as "fellBack"
      from counted join (select distinct kind, value from known) named using (kind)`)),
  ];
}

/** The two periods as steps: the one before first. Without one before, the first is empty. */
function stepsOf({ before, now }: Periods): SQL {
  const rows = [before ?? { from: now.from, to: now.from }, now].map(
    ({ from, to }, place) =>
      sql`(${from.toISOString()}::timestamptz, ${to.toISOString()}::timestamptz, ${place}::integer)`,
  );
  return sql`(values ${sql.join(rows, sql`, `)}) as step(starts_at, ends_at, place)
    cross join lateral rollup_tiles(step.starts_at, step.ends_at) as tile`;
}

/**
 * Offered logins and fallbacks of two periods by every facet at once. Under a facet its own filter does not hold, as in
 * every list of facets: the values that are left out stay there to be chosen.
 */
export async function listFacetCells(
  db: DatabaseOrTransaction,
  periods: Periods,
  filters: FallbackFilters,
): Promise<FacetCell[]> {
  const ofFacet = (facet: FacetName) => {
    const among = isAmong({ ...filters, [facet]: [] });
    const fellBack = facet === "reason" ? isFallback : sql`(${isFallback} and ${passes(filters, "reason")})`;
    return sql`(${facet}, ${VALUES[facet]}, ${among}, ${fellBack})`;
  };
  return [
    ...(await db.execute<FacetCell>(sql`
      with counted as materialized (
        select step.place as period, tiled.cell, sum(tiled.count) as count
        from ${stepsOf(periods)} cross join lateral (
          select r.cell, sum(r.count) as count from ${loginRollups} r where ${inTile} group by 1
        ) tiled group by 1, 2
      )
      select period, facet, value, sum(count)::float8 as offered,
        coalesce(sum(count) filter (where fell_back), 0)::float8 as "fellBack"
      from counted join ${loginCells} on id = cell
        cross join lateral (values ${sql.join(FACETS.map(ofFacet), sql`, `)}) as f(facet, value, among, fell_back)
      where path = 'biometric' and f.among group by 1, 2, 3`)),
  ];
}

const LONGEST_DAYS = 90;
const HOUR_MS = 3_600_000;

/** The steps of the chart: hours within a day, else days of the given zone. */
export async function readSteps(
  db: DatabaseOrTransaction,
  { span, days }: Pick<FallbackSearch, "span" | "days">,
  { now, timeZone }: Clock,
): Promise<TimeSteps> {
  if (days !== null) return hoursOfOneDay(await readDaysBetween(db, { ...days, now, timeZone }));
  if (span === "24h") return readHourSteps(db, { count: 24, now, timeZone });
  return readDaySteps(db, { count: DAYS_OF_SPAN[span], now, timeZone });
}

/** A day alone is shown by its hours. */
function hoursOfOneDay(days: TimeSteps): TimeSteps {
  const [from, ...others] = days.starts;
  if (from === undefined || others.length > 0) return days;
  const hours = Math.ceil((days.now.getTime() - from.getTime()) / HOUR_MS);
  const starts = Array.from({ length: hours }, (_, hour) => new Date(from.getTime() + hour * HOUR_MS));
  return { unit: "hour", starts, now: days.now };
}

/** Every day that the longest chart reaches: stage changes are looked for in them. */
export const readAllDays = (db: DatabaseOrTransaction, clock: Clock): Promise<TimeSteps> =>
  readDaySteps(db, { count: LONGEST_DAYS, ...clock });

/** As many days as the steps cover from a date on; without one, the time as long just before them. */
export async function readPeriodBefore(
  db: DatabaseOrTransaction,
  { unit, starts, now }: TimeSteps,
  against: Against,
  timeZone: string,
): Promise<TimeRange | null> {
  const [first] = starts;
  if (first === undefined) return null;
  if (against.kind !== "days" && unit === "hour")
    return { from: new Date(first.getTime() - starts.length * HOUR_MS), to: first };
  const days = unit === "hour" ? 1 : starts.length;
  const from = against.kind === "days" ? against.from : dayBefore(dayOf(first, timeZone), days);
  const steps = await readDaysBetween(db, { from, to: dayBefore(from, 1 - days), now, timeZone });
  return steps.starts[0] ? { from: steps.starts[0], to: steps.now } : null;
}
