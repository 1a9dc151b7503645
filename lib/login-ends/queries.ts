import { and, asc, inArray, type SQL, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { oneOf } from "#db/one-of.ts";
import { applications } from "#db/schema/applications.ts";
import { loginOutcomes, verifications } from "#db/schema/logins.ts";
import { people } from "#db/schema/people.ts";
import { loginCells, loginRollups } from "#db/schema/rollups.ts";
import { isAmong, isFallback, passes } from "#lib/fallback-page/queries.ts";
import type { FallbackFilters } from "#lib/fallback-page/types.ts";
import { inTile, tilesOf } from "#lib/recording/tiers.ts";
import { asTable, type Counted, readWhereCounted } from "#lib/stretches/queries.ts";
import { beyondTime } from "#lib/stretches/rules.ts";
import type { TimeRange } from "#lib/time-steps.ts";
import type { Cursor, Order, Subject } from "#lib/verifications/types.ts";
import { LEGACY_OUTCOMES, NOT_ELIGIBLE } from "./rules.ts";
import type { EndCell, EndedLogin, LoginPart, LoginsAsked, LoginsPage } from "./types.ts";

/** How all logins of a period ended, whatever their path, from the rollups. Reasons of fallback do not narrow it. */
export async function listEndCells(
  db: DatabaseOrTransaction,
  period: TimeRange,
  filters: FallbackFilters,
): Promise<EndCell[]> {
  return [
    ...(await db.execute<EndCell>(sql`
      with counted as materialized (
        select tiled.cell, sum(tiled.count) as count, sum(tiled.captured) as captured, sum(tiled.locked_out) as locked_out
        from ${tilesOf(period)} cross join lateral (
          select r.cell, sum(r.count) as count, sum(r.captured) as captured, sum(r.locked_out) as locked_out
          from ${loginRollups} r where ${inTile} group by 1
        ) tiled group by 1
      )
      select path, path_reason as "pathReason", outcome, sum(count)::float8 as count, sum(captured)::float8 as captured,
        sum(locked_out)::float8 as "lockedOut"
      from counted join ${loginCells} on id = cell where ${isAmong(filters)} group by 1, 2, 3`)),
  ];
}

const isOffered = sql`path = 'biometric'`;

/** The parts by columns that a login's outcome and a cell of the rollups share. */
const PARTS: Record<LoginPart, SQL> = {
  fell_back: sql`${isOffered} and ${isFallback}`,
  offered: isOffered,
  eligible: sql`path_reason <> all(${`{${NOT_ELIGIBLE.join(",")}}`}::text[])`,
  captured: isOffered,
  approved: sql`${isOffered} and outcome = 'completed_biometric'`,
  rejected: sql`${isOffered} and outcome = 'rejected'`,
  abandoned: sql`${isOffered} and outcome = 'abandoned'`,
  kept_apart: sql`path = 'legacy' and path_reason = 'not_exposed'`,
  not_offered: sql`path = 'legacy'`,
};

/** What is asked of a login, as far as a cell of the rollups can tell it. */
function conditionsOf({ part, end, why, filters }: LoginsAsked): SQL {
  const conditions = [PARTS[part], isAmong(filters)];
  if (part === "fell_back") conditions.push(passes(filters, "reason"));
  if (end !== null && end !== "locked_out") conditions.push(sql`outcome = ${oneOf(LEGACY_OUTCOMES[end])}`);
  if (why !== null) conditions.push(sql`path_reason = ${why}`);
  return sql.join(conditions, sql` and `);
}

const cellsOf = (asked: LoginsAsked): SQL => sql`select id from ${loginCells} where ${conditionsOf(asked)}`;

/** The count of a cell that says what a cell cannot tell. */
const columnOf = ({ part, end }: LoginsAsked): SQL =>
  sql.raw(end === "locked_out" ? "locked_out" : part === "captured" ? "captured" : "count");

const countedBy = (asked: LoginsAsked): Counted => ({
  history: loginOutcomes,
  rollups: loginRollups,
  cells: cellsOf(asked),
  holds: sql`r.${columnOf(asked)} > 0`,
});

/** How many logins are behind a figure, from the rollups; their time is in whole minutes. */
export async function countLogins(db: DatabaseOrTransaction, asked: LoginsAsked): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    with known as materialized (${cellsOf(asked)})
    select coalesce(sum(tiled.count), 0)::float8 as count
    from ${tilesOf(asked.range)} cross join lateral (
      select sum(r.${columnOf(asked)}) as count from ${loginRollups} r join known on id = r.cell where ${inTile}
    ) tiled`);
  return row?.count ?? 0;
}

const LOGINS_SHOWN = 50;

type LoginRow = Omit<EndedLogin, "tries" | "subject"> & {
  openedAt: Date;
  personId: string | null;
  customId: string | null;
};

/**
 * One page of the logins behind a figure, 50 at most, by the time they ended, continued from a cursor in either
 * direction. The counts say where they are, so that rare ones cost no walk through all the others.
 */
export async function listEndedLogins(
  db: DatabaseOrTransaction,
  asked: LoginsAsked,
  page: { order: Order; cursor: Cursor | null },
): Promise<LoginsPage> {
  const { cursor } = page;
  const goesBack = cursor?.direction === "before";
  const falls = (page.order === "newest") !== goesBack;
  const within = cursor ? beyondTime(asked.range, cursor, falls) : asked.range;
  const found = await readWhereCounted(
    db,
    { counted: countedBy(asked), within, falls, most: LOGINS_SHOWN + 1 },
    (stretches, most) => readRows(db, { asked, cursor, falls }, stretches, most),
  );
  const rows = await withTries(db, found.slice(0, LOGINS_SHOWN));
  const hasMore = found.length > LOGINS_SHOWN;
  if (goesBack) return { rows: rows.reverse(), hasPrevious: hasMore, hasNext: true };
  return { rows, hasPrevious: cursor !== null, hasNext: hasMore };
}

type Reader = { asked: LoginsAsked; cursor: Cursor | null; falls: boolean };

/** The first `most` of them that lie within the stretches; what is joined to a row is looked up for these alone. */
async function readRows(
  db: DatabaseOrTransaction,
  { asked, cursor, falls }: Reader,
  stretches: readonly TimeRange[],
  most: number,
): Promise<LoginRow[]> {
  return db.execute<LoginRow>(sql`
    select l.login_id as id, l.opened_at as "openedAt", l.at, l.person_id as "personId", p.custom_id as "customId",
      a.name as application, l.channel, l.device_class as device, l.exposure_percent as "exposurePercent", l.path,
      l.path_reason as "pathReason", l.outcome, l.fallback_reason as "fallbackReason", l.locked_out as "lockedOut"
    from (
      select ends.* from ${asTable(stretches)}
        cross join lateral (
          select * from ${loginOutcomes}
          where at >= stretch.from_time and at < stretch.to_time and ${rowConditions(asked)}
            and ${cursor === null ? sql`true` : beyond(cursor, falls)}
          order by ${inOrder(falls)} limit ${most}
        ) ends
      order by ${inOrder(falls)} limit ${most}
    ) l left join ${people} p on p.id = l.person_id left join ${applications} a on a.id = l.application_id
    order by ${inOrder(falls)}`);
}

/** As the index is sorted, nulls last; written otherwise it could not be walked in order. */
const inOrder = (falls: boolean): SQL =>
  sql.raw(
    falls ? "at desc nulls last, login_id desc nulls last" : "at asc nulls first, login_id asc nulls first",
  );

const beyond = ({ at, id }: Cursor, falls: boolean): SQL =>
  sql`(at, login_id) ${sql.raw(falls ? "<" : ">")} (${at.toISOString()}::timestamptz, ${id}::uuid)`;

/** The same as `conditionsOf`, and what cells count beside themselves. */
function rowConditions(asked: LoginsAsked): SQL {
  const conditions = [conditionsOf(asked)];
  if (asked.end === "locked_out") conditions.push(sql`locked_out`);
  if (asked.part === "captured") conditions.push(sql`attempts > 0`);
  return sql.join(conditions, sql` and `);
}

/** The logins with their tries, found by the login and, so that other months are not looked at, its opening. */
async function withTries(db: DatabaseOrTransaction, rows: LoginRow[]): Promise<EndedLogin[]> {
  const { id, loginId, openedAt, outcome, reason, attempt } = verifications;
  const tries =
    rows.length === 0
      ? []
      : await db
          .select({
            id,
            loginId,
            outcome: sql<EndedLogin["tries"][number]["outcome"]>`${outcome}`,
            reason: sql<EndedLogin["tries"][number]["reason"]>`${reason}`,
          })
          .from(verifications)
          .where(
            and(
              inArray(
                loginId,
                rows.map((row) => row.id),
              ),
              inArray(
                openedAt,
                rows.map((row) => new Date(row.openedAt)),
              ),
            ),
          )
          .orderBy(asc(attempt));
  return rows.map(({ openedAt: _, at, personId, customId, ...row }) => ({
    ...row,
    at: new Date(at),
    subject: subjectOf(personId, customId),
    tries: tries.filter((made) => made.loginId === row.id).map(({ loginId: __, ...made }) => made),
  }));
}

function subjectOf(personId: string | null, customId: string | null): Subject {
  if (personId === null) return { state: "unknown" };
  return customId === null ? { state: "erased" } : { state: "known", personId, customId };
}
