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

/** How many logins are behind a figure, from the rollups; their time is in whole minutes. */
export async function countLogins(db: DatabaseOrTransaction, asked: LoginsAsked): Promise<number> {
  const counted =
    asked.end === "locked_out" ? "locked_out" : asked.part === "captured" ? "captured" : "count";
  const [row] = await db.execute<{ count: number }>(sql`
    with known as materialized (select id from ${loginCells} where ${conditionsOf(asked)})
    select coalesce(sum(tiled.count), 0)::float8 as count
    from ${tilesOf(asked.range)} cross join lateral (
      select sum(r.${sql.raw(counted)}) as count from ${loginRollups} r join known on id = r.cell where ${inTile}
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
 * direction. The rows are found by their index alone, and only then joined with names.
 */
export async function listEndedLogins(
  db: DatabaseOrTransaction,
  asked: LoginsAsked,
  page: { order: Order; cursor: Cursor | null },
): Promise<LoginsPage> {
  const { cursor } = page;
  const goesBack = cursor?.direction === "before";
  const falls = (page.order === "newest") !== goesBack;
  // As the index is sorted, nulls last; written otherwise it could not be walked in order.
  const order = sql.raw(
    falls ? "at desc nulls last, login_id desc nulls last" : "at asc nulls first, login_id asc nulls first",
  );
  const found = await db.execute<LoginRow>(sql`
    select l.login_id as id, l.opened_at as "openedAt", l.at, l.person_id as "personId", p.custom_id as "customId",
      a.name as application, l.channel, l.device_class as device, l.exposure_percent as "exposurePercent", l.path,
      l.path_reason as "pathReason", l.outcome, l.fallback_reason as "fallbackReason", l.locked_out as "lockedOut"
    from (
      select * from ${loginOutcomes}
      where at >= ${time(asked.range.from)} and at < ${time(asked.range.to)} and ${rowConditions(asked)}
        and ${cursor === null ? sql`true` : beyond(cursor, falls)}
      order by ${order} limit ${LOGINS_SHOWN + 1}
    ) l left join ${people} p on p.id = l.person_id left join ${applications} a on a.id = l.application_id
    order by ${order}`);
  const rows = await withTries(db, [...found].slice(0, LOGINS_SHOWN));
  const hasMore = found.length > LOGINS_SHOWN;
  if (goesBack) return { rows: rows.reverse(), hasPrevious: hasMore, hasNext: true };
  return { rows, hasPrevious: cursor !== null, hasNext: hasMore };
}

const time = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`;

/** The index is walked from the bound of time; from the pair alone it would be walked from the end of the range. */
const beyond = ({ at, id }: Cursor, falls: boolean): SQL => {
  const than = sql.raw(falls ? "<" : ">");
  return sql`at ${than}= ${time(at)} and (at, login_id) ${than} (${time(at)}, ${id}::uuid)`;
};

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
