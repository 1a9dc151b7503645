import { and, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { loginOutcomes, verifications } from "#db/schema/logins.ts";
import { people } from "#db/schema/people.ts";
import { asTable, readWhereCounted } from "#lib/stretches/queries.ts";
import { beyondTime } from "#lib/stretches/rules.ts";
import type { TimeRange } from "#lib/time-steps.ts";
import { countedBy, facetConditions } from "#lib/verification-counts/queries.ts";
import { hasFacets } from "#lib/verifications/rules.ts";
import type {
  Cursor,
  Order,
  Subject,
  VerificationFacets,
  VerificationPage,
  VerificationRow,
} from "#lib/verifications/types.ts";

const VERIFICATIONS_SHOWN = 50;

const as = <T>(column: AnyPgColumn): SQL<T> =>
  sql<T>`${column}`.mapWith((raw) => column.mapFromDriverValue(raw) as T);

/** A row of the list; who it was about is told by `withSubject`. Needs the joins to people and to outcomeOfLogin. */
export const listColumns = {
  id: as<string>(verifications.id),
  at: as<Date>(verifications.at),
  personId: as<string | null>(verifications.personId),
  customId: people.customId,
  source: as<VerificationRow["source"]>(verifications.source),
  modality: as<VerificationRow["modality"]>(verifications.modality),
  outcome: as<VerificationRow["outcome"]>(verifications.outcome),
  reason: as<VerificationRow["reason"]>(verifications.reason),
  channel: as<string>(verifications.channel),
  application: sql<
    string | null
  >`case ${verifications.source} when 'gateway' then ${verifications.actorId}::text end`,
  deviceClass: as<VerificationRow["deviceClass"]>(verifications.deviceClass),
  exposurePercent: as<number>(verifications.exposurePercent),
  attempt: as<number>(verifications.attempt),
  apiStatus: as<number | null>(verifications.apiStatus),
  apiLatencyMs: as<number | null>(verifications.apiLatencyMs),
  fingersSent: as<VerificationRow["fingersSent"]>(verifications.fingersSent),
  fingersNotMatched: as<VerificationRow["fingersNotMatched"]>(verifications.fingersNotMatched),
  loginOutcome: as<VerificationRow["loginOutcome"]>(loginOutcomes.outcome),
  loginId: as<string | null>(verifications.loginId),
};

/** Joins a verification with how its login ended. */
export const outcomeOfLogin = and(
  eq(loginOutcomes.openedAt, verifications.openedAt),
  eq(loginOutcomes.loginId, verifications.loginId),
);

export function withSubject<Row extends { personId: string | null; customId: string | null }>({
  personId,
  customId,
  ...row
}: Row): Omit<Row, "personId" | "customId"> & { subject: Subject } {
  if (personId === null) return { ...row, subject: { state: "unknown" } };
  if (customId === null) return { ...row, subject: { state: "erased" } };
  return { ...row, subject: { state: "known", personId, customId } };
}

/** What the list keeps to: the limits and one of the chosen values in each facet. */
export type Listed = { limits: TimeRange; facets: VerificationFacets };

/**
 * One page of verifications by time, 50 at most, continued from a cursor in either direction. Where facets are chosen
 * the counts say where such verifications are, so that rare ones cost no walk through all the others.
 */
export async function listVerifications(
  db: DatabaseOrTransaction,
  listed: Listed,
  { order, cursor }: { order: Order; cursor: Cursor | null },
): Promise<VerificationPage> {
  const goesBack = cursor?.direction === "before";
  const falls = (order === "newest") !== goesBack;
  const reader: Reader = { db, listed, cursor, falls };
  const within = cursor ? beyondTime(listed.limits, cursor, falls) : listed.limits;
  const most = VERIFICATIONS_SHOWN + 1;
  const found = hasFacets(listed.facets)
    ? await readWhereCounted(
        db,
        { counted: countedBy(listed.facets), within, falls, most },
        (stretches, count) => readRows(reader, stretches, count),
      )
    : await readRows(reader, [within], most);
  const hasMore = found.length > VERIFICATIONS_SHOWN;
  const rows = found.slice(0, VERIFICATIONS_SHOWN).map(withSubject);
  if (goesBack) return { rows: rows.reverse(), hasPrevious: hasMore, hasNext: true };
  return { rows, hasPrevious: cursor !== null, hasNext: hasMore };
}

type Reader = { db: DatabaseOrTransaction; listed: Listed; cursor: Cursor | null; falls: boolean };

/**
 * The first `most` verifications of the list that lie within the stretches, which do not overlap. The stretches alone say
 * the time, and end where the cursor stands: the plan is the same whatever the times are, so that it is made once, and an
 * index is not walked from the end of the limits to the cursor, as it is where only a row comparison tells the place.
 */
function readRows({ db, listed, cursor, falls }: Reader, stretches: readonly TimeRange[], most: number) {
  const conditions = [
    ...facetConditions(verifications, listed.facets),
    sql`${verifications.at} >= stretch.from_time and ${verifications.at} < stretch.to_time`,
    ...(cursor ? [beyond(cursor, falls)] : []),
  ];
  const order = sql.join(inOrder(falls), sql`, `);
  // Everything that is joined to a row is looked up for the page alone.
  const rows = sql`(
    select verifications.* from ${asTable(stretches)}
      cross join lateral (
        select * from ${verifications} where ${and(...conditions)} order by ${order} limit ${most}
      ) as verifications
    order by ${order} limit ${most}) as verifications`;
  return db
    .select(listColumns)
    .from(rows)
    .leftJoin(people, eq(people.id, verifications.personId))
    .leftJoin(loginOutcomes, outcomeOfLogin)
    .orderBy(...inOrder(falls))
    .prepare("verifications_page")
    .execute();
}

/** By time, falling or rising. The index is sorted with nulls last; written otherwise it could not be walked in order. */
export const inOrder = (falls: boolean): SQL[] =>
  falls
    ? [sql`${verifications.at} desc nulls last`, sql`${verifications.id} desc nulls last`]
    : [sql`${verifications.at} asc nulls first`, sql`${verifications.id} asc nulls first`];

/** The rows after a place in the list, read falling or rising. */
export const beyond = ({ at, id }: Pick<Cursor, "at" | "id">, falls: boolean): SQL => {
  const place = sql`(${at.toISOString()}::timestamptz, ${id}::uuid)`;
  return falls
    ? sql`(${verifications.at}, ${verifications.id}) < ${place}`
    : sql`(${verifications.at}, ${verifications.id}) > ${place}`;
};

/** That a verification belongs to the list. */
export function listConditions({ limits, facets }: Listed): SQL[] {
  // By `at` alone: naming the partitions' own column too makes the planner expect so few rows that it stops walking the
  // index in order and sorts the whole window instead. A partition without such rows costs one look into its index.
  return [
    gte(verifications.at, limits.from),
    lt(verifications.at, limits.to),
    ...facetConditions(verifications, facets),
  ];
}
