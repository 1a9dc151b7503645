import { inArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import type { verifications } from "#db/schema/logins.ts";
import { rollupClock, verificationCells, verificationRollups } from "#db/schema/rollups.ts";
import { inTile, TIERS, tiledSteps, tilesOf } from "#lib/recording/tiers.ts";
import type { TimeRange } from "#lib/time-steps.ts";
import type { RollupCell, TimeBar, TimeLine, VerificationFacets } from "#lib/verifications/types.ts";

/** So many counts are looked through for those that pass before each cell is looked up by itself. */
const NEAR_COUNTS = 2000;

/** Counts the verifications within the limits by all that can be filtered for. Limits lie on minutes. */
export async function countCells(db: DatabaseOrTransaction, limits: TimeRange): Promise<RollupCell[]> {
  // Summed by the cell's number first: its words are looked up once for each cell, not for each row.
  // The columns hold the closed enums of lib/logins/schema.ts; rollups are written by the recorder alone.
  const rows = await db.execute<RollupCell>(sql`
    select outcome, reason, modality, exposure_percent::text as stage, channel,
      case source when 'gateway' then actor_id::text else '' end as application,
      api_status::text as "apiStatus", device_class as device, source, counted.count
    from (
      select r.cell, sum(r.count)::float8 as count
      from ${tilesOf(limits)} join ${verificationRollups} r on ${inTile} group by r.cell
    ) counted join ${verificationCells} on id = counted.cell`);
  return [...rows];
}

/** The bars of the time line, those without any too: all verifications and those that pass the facets. */
export async function listBars(
  db: DatabaseOrTransaction,
  { starts, to }: TimeLine,
  facets: VerificationFacets,
): Promise<TimeBar[]> {
  const passes = facetConditions(verificationCells, facets);
  const rows = await db.execute<Omit<TimeBar, "at"> & { step: number }>(sql`
    with told as materialized (
      select id, ${sql.join([sql`true`, ...passes], sql` and `)} as passes, outcome = 'api_error' as failed
      from ${verificationCells}
    )
    select (step.place - 1)::integer as step, sum(r.count)::float8 as "all",
      coalesce(sum(r.count) filter (where told.passes), 0)::float8 as shown,
      coalesce(sum(r.count) filter (where told.failed), 0)::float8 as "apiErrors"
    from ${tiledSteps({ unit: "hour", starts, now: to })}
      join ${verificationRollups} r on ${inTile} join told on told.id = r.cell
    group by 1`);
  const counted = new Map(rows.map(({ step, ...counts }) => [step, counts]));
  return starts.map((at, place) => ({ at, ...(counted.get(place) ?? { all: 0, shown: 0, apiErrors: 0 }) }));
}

/** Where to look: facets, a time, the end of it to begin from, and how many verifications are wanted at most. */
export type Search = { facets: VerificationFacets; within: TimeRange; falls: boolean; most: number };

/**
 * The minutes, or hours where minutes are not kept any more, that count a verification which passes the facets: the
 * nearest `most` from the end that the search begins with, in its order. Fewer than `most`: there are no others.
 * Each holds one verification at least, unless it was deleted since. The history itself is not touched.
 */
export async function findStretches(db: DatabaseOrTransaction, search: Search): Promise<TimeRange[]> {
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

/** Common verifications are among the nearest counts of all, whatever they count. */
function nearCounts({ facets, within, falls }: Search): SQL {
  const parts = countsOfTiers(within).map((part) => sql`(${part} order by starts_at ${inTime(falls)})`);
  return sql`
    select starts_at, ends_at from (
      select * from (${sql.join(parts, sql` union all `)}) of_tiers
      order by starts_at ${inTime(falls)} limit ${NEAR_COUNTS}
    ) near where cell in (${cellsThatPass(facets)})`;
}

/** Rare ones are found by what counts them, however far away they are. */
function countsByCell({ facets, within, falls, most }: Search): SQL {
  const parts = countsOfTiers(within).map(
    (part) => sql`(${part} and r.cell = passing.id order by starts_at ${inTime(falls)} limit ${most})`,
  );
  return sql`
    select starts_at, ends_at from (${cellsThatPass(facets)}) passing
      cross join lateral (${sql.join(parts, sql` union all `)}) of_cell`;
}

const cellsThatPass = (facets: VerificationFacets): SQL => sql`
  select id from ${verificationCells} where ${sql.join([sql`true`, ...facetConditions(verificationCells, facets)], sql` and `)}`;

/** Counts that reach into the time: by the minute as far as minutes are kept, by the hour before. */
function countsOfTiers({ from, to }: TimeRange): [minutes: SQL, hours: SQL] {
  const [fromTime, toTime] = [from, to].map((time) => sql`${time.toISOString()}::timestamptz`);
  const minutesFrom = sql`(select minutes_from from ${rollupClock})`;
  const counts = sql`select r.starts_at, r.cell, `;
  return [
    sql`${counts} r.starts_at + interval '1 minute' as ends_at from ${verificationRollups} r
      where r.tier = ${TIERS.minute} and r.starts_at < ${toTime}
        and r.starts_at > ${fromTime} - interval '1 minute' and r.starts_at >= ${minutesFrom}`,
    sql`${counts} least(r.starts_at + interval '1 hour', ${minutesFrom}) as ends_at from ${verificationRollups} r
      where r.tier = ${TIERS.hour} and r.starts_at < ${toTime} and r.starts_at < ${minutesFrom}
        and r.starts_at > ${fromTime} - interval '1 hour'`,
  ];
}

const inTime = (falls: boolean): SQL => (falls ? sql`desc` : sql`asc`);

/** That a verification, or a cell that counts such, has one of the chosen values in each facet. */
export function facetConditions(
  table: typeof verifications | typeof verificationCells,
  facets: VerificationFacets,
): SQL[] {
  const among = (column: SQLWrapper, chosen: readonly (string | number)[]) =>
    chosen.length > 0 ? [inArray(sql`${column}`, [...chosen])] : [];
  return [
    ...among(table.outcome, facets.outcome),
    ...among(table.reason, facets.reason),
    ...among(table.modality, facets.modality),
    ...among(table.exposurePercent, facets.stage.map(Number)),
    ...among(table.channel, facets.channel),
    ...among(table.actorId, facets.application),
    ...among(sql`coalesce(${table.apiStatus}, 0)`, facets.apiStatus.map(Number)),
    ...among(table.deviceClass, facets.device),
    ...among(table.source, facets.source),
  ];
}
