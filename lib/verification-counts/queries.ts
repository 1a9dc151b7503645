import { inArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { verifications } from "#db/schema/logins.ts";
import { verificationCells, verificationRollups } from "#db/schema/rollups.ts";
import { inTile, tiledSteps, tilesOf } from "#lib/recording/tiers.ts";
import type { Counted } from "#lib/stretches/queries.ts";
import type { TimeRange } from "#lib/time-steps.ts";
import type { RollupCell, TimeBar, TimeLine, VerificationFacets } from "#lib/verifications/types.ts";

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

/** The counts of verifications that pass the facets. */
export const countedBy = (facets: VerificationFacets): Counted => ({
  history: verifications,
  rollups: verificationRollups,
  cells: sql`
    select id from ${verificationCells} where ${sql.join([sql`true`, ...facetConditions(verificationCells, facets)], sql` and `)}`,
  holds: sql`true`,
});

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
