import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { verificationCells, verificationRollups } from "#db/schema/rollups.ts";
import { inTile, tiledSteps, tilesOf } from "#lib/recording/tiers.ts";
import { facetConditions } from "#lib/verification-list/queries.ts";
import type {
  RollupCell,
  TimeBar,
  TimeLine,
  TimeRange,
  VerificationFacets,
} from "#lib/verifications/types.ts";

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
