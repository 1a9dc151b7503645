import { and, eq, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { historyExports } from "#db/schema/history-exports.ts";
import { verifications } from "#db/schema/logins.ts";
import { verificationCells as cells, verificationRollups } from "#db/schema/rollups.ts";
import { inTile, tiledSteps, tilesOf } from "#lib/recording/tiers.ts";
import { facetConditions } from "#lib/verification-counts/queries.ts";
import { listConditions } from "#lib/verification-list/queries.ts";
import { FETCH_WITHIN_MS, LOST_AFTER_MS, stepsOf } from "./rules.ts";
import type { ExportFilters, ExportProgress, OpenExport } from "./types.ts";

/** Cells of a row in the order of the columns, and the place to go on from: PostgreSQL's own time, finer than a Date. */
export type ReadRow = { at: string; id: string; cells: (string | number | null)[] };
export type Place = Pick<ReadRow, "at" | "id">;

const asUtc = (column: AnyPgColumn): SQL =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * The next verifications from the newest on, beyond a place. Names and ends are looked up for each row by its own index:
 * as joins they tempt the planner to read everybody.
 */
export async function readRows(
  db: DatabaseOrTransaction,
  { filters, namesPeople }: Pick<OpenExport, "filters" | "namesPeople">,
  { after, limit }: { after: Place | null; limit: number },
): Promise<ReadRow[]> {
  const v = verifications;
  const beyond = after && sql`(${v.at}, ${v.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`;
  const customId = sql`, (select p.custom_id from people p where p.id = ${v.personId}) as "customId"`;
  const loginOutcome = sql`(select o.outcome from login_outcomes o
    where o.opened_at = ${v.openedAt} and o.login_id = ${v.loginId})`;
  const rows = await db.execute<Record<string, string | number | null> & { place: string }>(sql`
    select ${v.at}::text as place, ${v.id} as id, ${asUtc(v.at)} as at, ${v.loginId} as "loginId", ${v.source} as source,
      ${v.actorId} as "actorId", ${v.personId} as "personId", ${v.modality} as modality, ${v.attempt} as attempt,
      ${v.outcome} as outcome, ${v.reason} as reason, ${v.decision} as decision, ${v.feedbackCode} as feedback,
      ${v.channel} as channel, ${v.deviceClass} as device, ${v.purpose} as purpose,
      ${v.exposurePercent} as exposure, ${v.policyVersion} as policy, ${v.apiOperation} as operation,
      ${v.apiStatus} as status, ${v.apiMessage} as message, ${v.apiTries} as tries, ${v.apiLatencyMs} as latency,
      ${v.faceMatched}::text as face, array_to_string(${v.fingersSent}, ' ') as sent,
      array_to_string(${v.fingersNotMatched}, ' ') as failed, ${loginOutcome} as ended, ${v.gateway} as gateway
      ${namesPeople ? customId : sql``}
    from ${v} where ${and(...listConditions({ limits: filters, facets: filters }), beyond ?? undefined)}
    order by ${v.at} desc nulls last, ${v.id} desc nulls last limit ${limit}`);
  // The place stands before the cells. Taking it out by its name would copy each row by names, which costs more than reading it.
  return rows.map((row) => ({ at: row.place, id: String(row.id), cells: Object.values(row).slice(1) }));
}

const passes = (filters: ExportFilters): SQL =>
  sql.join([sql`true`, ...facetConditions(cells, filters)], sql` and `);

/** How many verifications pass the filters, as the rollups count them: to the end of the minute that `to` lies in. */
export async function countVerifications(db: DatabaseOrTransaction, filters: ExportFilters): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select coalesce(sum(r.count), 0)::float8 as count
    from ${tilesOf(filters)} join ${verificationRollups} r on ${inTile} join ${cells} on ${cells.id} = r.cell
    where ${passes(filters)}`);
  return row?.count ?? 0;
}

/** The counts of what passes the filters as cells in the order of the columns, from the rollups, newest first. */
export async function readCounts(
  db: DatabaseOrTransaction,
  filters: ExportFilters,
): Promise<(string | number | null)[][]> {
  const starts = stepsOf(filters);
  const rows = await db.execute<Record<string, string | number | null> & { step: number }>(sql`
    select (step.place - 1)::integer as step, source, case source when 'gateway' then actor_id::text end as application,
      modality, outcome, reason, channel, exposure_percent as exposure, device_class as device, api_status as status, sum(r.count)::float8 as count
    from ${tiledSteps({ unit: "hour", starts, now: filters.to })}
      join ${verificationRollups} r on ${inTile} join ${cells} on ${cells.id} = r.cell
    where ${passes(filters)}
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 order by 1 desc, 2, 3, 4, 5, 6, 7, 8, 9, 10`);
  return rows.map(({ step, ...counted }) => [
    (starts[step] ?? filters.from).toISOString(),
    (starts[step + 1] ?? filters.to).toISOString(),
    ...Object.values(counted),
  ]);
}

/** How far an export is; null where this member asked for none of this id. */
export async function findProgress(
  db: DatabaseOrTransaction,
  { exportId, memberId }: { exportId: string; memberId: string },
): Promise<ExportProgress | null> {
  const { state, rows, rowsExpected, bytes, sha256 } = historyExports;
  const [found] = await db
    .select({ state, rows, rowsExpected, bytes, sha256 })
    .from(historyExports)
    .where(and(eq(historyExports.id, exportId), eq(historyExports.memberId, memberId)));
  return found ?? null;
}

/** Exports that nobody fetched in time, or whose process ended with them: they are to be written down as ended. */
export async function listLostExports(db: DatabaseOrTransaction, now: Date) {
  const before = (ms: number) => new Date(now.getTime() - ms);
  return db
    .select({
      id: historyExports.id,
      kind: historyExports.kind,
      rows: historyExports.rows,
      state: historyExports.state,
    })
    .from(historyExports)
    .where(
      and(
        isNull(historyExports.endedAt),
        lt(historyExports.seenAt, before(FETCH_WITHIN_MS)),
        sql`(${historyExports.state} = 'asked' or ${lt(historyExports.seenAt, before(LOST_AFTER_MS))})`,
      ),
    );
}
