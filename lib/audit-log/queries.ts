import { and, eq, gte, inArray, isNotNull, isNull, lt, lte, ne, or, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries, auditLeaves } from "#db/schema/audit.ts";
import { members } from "#db/schema/members.ts";
import type { AuditAction, AuditActs, AuditScope, SubjectRef } from "#lib/audit/types.ts";
import type { Cursor } from "#lib/verifications/types.ts";
import { foldEntries, NO_FILTERS, reversed } from "./rules.ts";
import {
  type DoneExport,
  type LogFilters,
  type LogPage,
  type LogPlace,
  type LogTime,
  type Look,
  type OpenExport,
  type ReadEntry,
  SYSTEM,
} from "./types.ts";

const ROWS_SHOWN = 50;
/** So many entries are looked at for a page; those of a longer run stand on the next one. */
const ENTRIES_READ = 300;
/** The newest of a list stand as they are. */
const NEVER_FOLDED = 3;
const READ_AT_ONCE = 1000;
/** Counting ends here. */
export const MOST_COUNTED = 1000;

const DAYS_BACK: Record<LogTime, number> = { today: 0, "7d": 6, "30d": 29 };

const entryColumns = {
  id: auditEntries.id,
  at: auditEntries.at,
  sequence: auditLeaves.sequence,
  action: auditEntries.action,
  entityType: auditEntries.entityType,
  entityId: auditEntries.entityId,
  outcome: auditEntries.outcome,
  details: sql<ReadEntry["details"]>`${auditEntries.details}`,
  actorId: auditEntries.actorId,
  actorRole: sql<ReadEntry["actorRole"]>`${auditEntries.actorRole}`,
  subjectRef: auditEntries.subjectRef,
  subjectEpoch: auditEntries.subjectEpoch,
};

/** What may be read of the log, what is wanted of it, and where days begin. */
export type LogQuery = { scope: AuditScope; filters: LogFilters; now: Date; timeZone: string };

/** One page of the log by time, of 50 rows at most, continued from a cursor in either direction. */
export async function listLogEntries(
  db: DatabaseOrTransaction,
  query: LogQuery,
  { order, cursor, unfold }: LogPlace,
): Promise<LogPage> {
  const goesBack = cursor?.direction === "before";
  const falls = (order === "newest") !== goesBack;
  // The index is sorted with nulls last; written otherwise it could not be walked in order.
  const sorted = falls
    ? [sql`${auditEntries.at} desc nulls last`, sql`${auditEntries.id} desc nulls last`]
    : [sql`${auditEntries.at} asc nulls first`, sql`${auditEntries.id} asc nulls first`];
  const found = await selectEntries(db)
    .where(and(...conditionsOf(query), cursor ? beyond(cursor, falls) : undefined))
    .orderBy(...sorted)
    .limit(ENTRIES_READ + 1);
  const keep = cursor === null && order === "newest" ? NEVER_FOLDED : 0;
  const read = found.slice(0, ENTRIES_READ).map(toEntry);
  const { rows, used } = foldEntries(read, { unfold, keep, most: ROWS_SHOWN });
  const hasMore = used < found.length;
  if (goesBack) return { rows: reversed(rows), hasPrevious: hasMore, hasNext: true };
  return { rows, hasPrevious: cursor !== null, hasNext: hasMore };
}

/** Everything that passes the filters, newest first, a thousand at a time; what is written meanwhile is not in it. */
export async function* readLogEntries(
  db: DatabaseOrTransaction,
  query: LogQuery,
): AsyncGenerator<ReadEntry[], void> {
  const upToNow = lte(auditEntries.at, query.now);
  for (let last: ReadEntry | undefined; ; ) {
    const found = await selectEntries(db)
      .where(and(...conditionsOf(query), upToNow, last ? beyond(last, true) : undefined))
      .orderBy(sql`${auditEntries.at} desc nulls last`, sql`${auditEntries.id} desc nulls last`)
      .limit(READ_AT_ONCE);
    if (found.length > 0) yield found.map(toEntry);
    if (found.length < READ_AT_ONCE) return;
    last = found.map(toEntry).at(-1);
  }
}

/** The export of this id, if this member asked for it since then and it was not fetched yet. */
export async function findOpenExport(
  db: DatabaseOrTransaction,
  { exportId, memberId, since }: { exportId: string; memberId: string; since: Date },
): Promise<OpenExport | null> {
  const rows = await db
    .select({ details: entryColumns.details, actorId: auditEntries.actorId, at: auditEntries.at })
    .from(auditEntries)
    .where(and(eq(auditEntries.entityType, "audit"), eq(auditEntries.entityId, exportId), isExport));
  const [only] = rows;
  if (rows.length !== 1 || only?.actorId !== memberId || only.at < since) return null;
  const { what, filters } = only.details as Extract<ExportDetails, { stage: "started" }>;
  return { id: exportId, what, filters };
}

/** The last export that reached its end; null where nothing was ever exported. */
export async function findLastExport(db: DatabaseOrTransaction): Promise<DoneExport | null> {
  const rows = await db
    .select({ id: auditEntries.id, at: auditEntries.at, by: members.name, details: entryColumns.details })
    .from(auditEntries)
    .leftJoin(members, eq(members.id, auditEntries.actorId))
    .where(and(isExport, sql`${auditEntries.details}->>'stage' = 'finished'`))
    .orderBy(sql`${auditEntries.at} desc nulls last`)
    .limit(1);
  const [last] = rows;
  if (!last) return null;
  const { what, entries, sha256 } = last.details as Extract<ExportDetails, { stage: "finished" }>;
  return { id: last.id, at: last.at, by: last.by, what, entries, sha256 };
}

type ExportDetails = AuditActs["audit.export"]["details"];
const isExport = eq(auditEntries.action, "audit.export" satisfies AuditAction);

/** The entry of this id, if the reader may see it. */
export async function findLogEntry(
  db: DatabaseOrTransaction,
  id: string,
  scope: AuditScope,
): Promise<ReadEntry | null> {
  const rows = await selectEntries(db).where(and(eq(auditEntries.id, id), inScope(scope)));
  return rows[0] ? toEntry(rows[0]) : null;
}

/** How many entries pass the filters, counted up to one more than `most`. */
export async function countLogEntries(
  db: DatabaseOrTransaction,
  query: LogQuery,
  { after, most = MOST_COUNTED }: { after?: Omit<Cursor, "direction">; most?: number } = {},
): Promise<number> {
  const newer = after ? beyond(after, false) : undefined;
  const counted = db
    .select({ one: sql`1`.as("one") })
    .from(auditEntries)
    .where(and(...conditionsOf(query), newer))
    .limit(most + 1)
    .as("counted");
  const rows = await db.select({ count: sql<number>`count(*)::int` }).from(counted);
  return rows[0]?.count ?? 0;
}

/** How many entries name a person, counted up to one more than `MOST_COUNTED`. */
export const countAbout = (db: DatabaseOrTransaction, whom: SubjectRef[]): Promise<number> =>
  whom.length === 0
    ? Promise.resolve(0)
    : countLogEntries(db, {
        scope: { kind: "all" },
        filters: { ...NO_FILTERS, whom },
        now: new Date(0),
        timeZone: "UTC",
      });

/** What members did about a person, looks included, newest first: under every name the log has for them, and our own id. */
export async function listLooks(
  db: DatabaseOrTransaction,
  { personId, refs }: { personId: string; refs: readonly SubjectRef[] },
  limit: number,
): Promise<Look[]> {
  const isAboutThem = or(
    and(eq(auditEntries.entityType, "person"), eq(auditEntries.entityId, personId)),
    refs.length > 0
      ? inArray(
          auditEntries.subjectRef,
          refs.map(({ ref }) => ref),
        )
      : undefined,
  );
  const rows = await db
    .select({ id: auditEntries.id, at: auditEntries.at, action: auditEntries.action, who: members.name })
    .from(auditEntries)
    .leftJoin(members, eq(members.id, auditEntries.actorId))
    .where(and(isAboutThem, isNotNull(auditEntries.actorId)))
    .orderBy(sql`${auditEntries.at} desc nulls last`, sql`${auditEntries.id} desc nulls last`)
    .limit(limit);
  return rows;
}

/** The names of all members by their ids, also of those who may no longer sign in. */
export async function listMemberNames(db: DatabaseOrTransaction): Promise<Record<string, string>> {
  const rows = await db.select({ id: members.id, name: members.name }).from(members).orderBy(members.name);
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}

const selectEntries = (db: DatabaseOrTransaction) =>
  db
    .select(entryColumns)
    .from(auditEntries)
    .leftJoin(auditLeaves, eq(auditLeaves.entryId, auditEntries.id))
    .$dynamic();

type EntryRow = Awaited<ReturnType<typeof selectEntries>>[number];

const toEntry = ({ subjectRef: ref, subjectEpoch: epoch, ...row }: EntryRow): ReadEntry => ({
  ...row,
  subject: ref === null || epoch === null ? null : { epoch, ref },
});

/** The index is walked from the bound of time; from the pair alone it would be walked from the end of the range. */
const beyond = ({ at, id }: Omit<Cursor, "direction">, falls: boolean): SQL => {
  const time = sql`${at.toISOString()}::timestamptz`;
  const than = sql.raw(falls ? "<" : ">");
  return sql`${auditEntries.at} ${than}= ${time} and (${auditEntries.at}, ${auditEntries.id}) ${than} (${time}, ${id}::uuid)`;
};

/** What the reader may see at all: asked of the database, so that no list, count or address can forget it. */
function inScope(scope: AuditScope): SQL | undefined {
  if (scope.kind === "all") return undefined;
  const own = or(inArray(auditEntries.entityType, scope.entities), eq(auditEntries.actorId, scope.memberId));
  if (scope.people) return own;
  return and(own, ne(auditEntries.entityType, "person"), isNull(auditEntries.subjectRef));
}

function conditionsOf({ scope, filters, now, timeZone }: LogQuery): (SQL | undefined)[] {
  const { who, act, object, entity, result, whom } = filters;
  const among = (column: AnyPgColumn, values: readonly string[]) =>
    values.length > 0 ? inArray(column, [...values]) : undefined;
  const members = who.filter((one) => one !== SYSTEM);
  return [
    inScope(scope),
    ...timeConditions(filters, now, timeZone),
    who.length > 0
      ? or(
          among(auditEntries.actorId, members),
          who.includes(SYSTEM) ? isNull(auditEntries.actorId) : undefined,
        )
      : undefined,
    among(auditEntries.action, act),
    among(auditEntries.entityType, object),
    entity ? and(eq(auditEntries.entityType, entity.type), eq(auditEntries.entityId, entity.id)) : undefined,
    among(auditEntries.outcome, result),
    among(
      auditEntries.subjectRef,
      whom.map(({ ref }) => ref),
    ),
  ];
}

function timeConditions({ time, from, to }: LogFilters, now: Date, timeZone: string): SQL[] {
  const midnight = (day: SQL): SQL => sql`(${day})::timestamp at time zone ${timeZone}`;
  if (time !== null) {
    const today = sql`(${now.toISOString()}::timestamptz at time zone ${timeZone})::date`;
    return [gte(auditEntries.at, midnight(sql`${today} - ${DAYS_BACK[time]}::int`))];
  }
  return [
    ...(from === null ? [] : [gte(auditEntries.at, midnight(sql`${from}::date`))]),
    ...(to === null ? [] : [lt(auditEntries.at, midnight(sql`${to}::date + 1`))]),
  ];
}
