import { and, eq, isNull, lt, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { historyExports } from "#db/schema/history-exports.ts";
import { verifications } from "#db/schema/logins.ts";
import { verificationCells as cells, verificationRollups } from "#db/schema/rollups.ts";
import { inTile, tiledSteps, tilesOf } from "#lib/recording/tiers.ts";
import { csvCell, csvLine } from "#lib/tables/csv-sql.ts";
import type { Piece } from "#lib/tables/send-pieces.ts";
import { facetConditions } from "#lib/verification-counts/queries.ts";
import { listConditions } from "#lib/verification-list/queries.ts";
import { FETCH_WITHIN_MS, LOST_AFTER_MS, type RowColumn, rowColumnsOf, stepsOf } from "./rules.ts";
import type { ExportFilters, ExportProgress, OpenExport } from "./types.ts";

/** The place in the history to go on from: PostgreSQL's own time, finer than a Date. */
export type Place = { at: string; id: string };
/** Rows as text of the file, how many, and the last one's place; null where there are none. */
export type ReadPiece = Piece & { last: Place | null };

const v = verifications;
const asUtc = (column: AnyPgColumn): SQL =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Each column of the file; names and ends are looked up for each row by its own index: as joins they tempt the planner to read everybody. */
const CELLS: Record<RowColumn, SQLWrapper> = {
  id: v.id,
  at: asUtc(v.at),
  login_id: v.loginId,
  source: csvCell(v.source),
  actor_id: v.actorId,
  person_id: v.personId,
  modality: csvCell(v.modality),
  attempt: v.attempt,
  outcome: csvCell(v.outcome),
  reason: csvCell(v.reason),
  decision: csvCell(v.decision),
  feedback_code: csvCell(v.feedbackCode),
  channel: csvCell(v.channel),
  device_class: csvCell(v.deviceClass),
  purpose: csvCell(v.purpose),
  exposure_percent: v.exposurePercent,
  policy_version: v.policyVersion,
  api_operation: csvCell(v.apiOperation),
  api_status: v.apiStatus,
  api_message: csvCell(v.apiMessage),
  api_tries: v.apiTries,
  api_latency_ms: v.apiLatencyMs,
  face_matched: sql`${v.faceMatched}::text`,
  fingers_sent: sql`array_to_string(${v.fingersSent}, ' ')`,
  fingers_not_matched: sql`array_to_string(${v.fingersNotMatched}, ' ')`,
  login_outcome: sql`(select ${csvCell(sql`o.outcome`)} from login_outcomes o
    where o.opened_at = ${v.openedAt} and o.login_id = ${v.loginId})`,
  gateway: csvCell(v.gateway),
  custom_id: sql`(select ${csvCell(sql`p.custom_id`)} from people p where p.id = ${v.personId})`,
};

/**
 * The next verifications from the newest on, beyond a place, as text of the file: PostgreSQL writes it as fast as it
 * reads the rows, where 27 values of each took this process most of its time.
 */
export async function readPiece(
  db: DatabaseOrTransaction,
  { filters, namesPeople }: Pick<OpenExport, "filters" | "namesPeople">,
  { after, limit }: { after: Place | null; limit: number },
): Promise<ReadPiece> {
  const place = after && sql`${after.at}::timestamptz`;
  // The index is walked from the bound of time; from the pair alone it would be walked from the newest each time.
  const beyond = after && sql`${v.at} <= ${place} and (${v.at}, ${v.id}) < (${place}, ${after.id}::uuid)`;
  const cells = rowColumnsOf(namesPeople).map((column) => CELLS[column]);
  // What is taken together keeps the order in which it was read.
  const [read] = await db.execute<
    { text: string | null; rows: number } & { at: string | null; id: string | null }
  >(sql`
    select string_agg(line, '') as text, count(*)::integer as rows,
      (array_agg(at))[count(*)]::text as at, (array_agg(id))[count(*)] as id
    from (
      select ${csvLine(cells)} as line, ${v.at} as at, ${v.id} as id
      from ${v} where ${and(...listConditions({ limits: filters, facets: filters }), beyond ?? undefined)}
      order by ${v.at} desc nulls last, ${v.id} desc nulls last limit ${limit}
    ) found`);
  if (read?.text == null || read.at === null || read.id === null) return { text: "", rows: 0, last: null };
  return { text: read.text, rows: read.rows, last: { at: read.at, id: read.id } };
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
