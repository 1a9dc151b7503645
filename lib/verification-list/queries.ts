import { and, eq, gte, inArray, lt, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { loginOutcomes, verifications } from "#db/schema/logins.ts";
import { people } from "#db/schema/people.ts";
import type { verificationCells } from "#db/schema/rollups.ts";
import type {
  Cursor,
  Order,
  Subject,
  TimeRange,
  VerificationFacets,
  VerificationPage,
  VerificationRow,
} from "#lib/verifications/types.ts";

const VERIFICATIONS_SHOWN = 50;

const as = <T>(column: AnyPgColumn): SQL<T> => sql<T>`${column}`;

/** A row of the list; who it was about is told by `withSubject`. Needs the joins to people and to outcomeOfLogin. */
export const listColumns = {
  id: verifications.id,
  at: verifications.at,
  personId: verifications.personId,
  customId: people.customId,
  source: as<VerificationRow["source"]>(verifications.source),
  modality: as<VerificationRow["modality"]>(verifications.modality),
  outcome: as<VerificationRow["outcome"]>(verifications.outcome),
  reason: as<VerificationRow["reason"]>(verifications.reason),
  channel: verifications.channel,
  apiLatencyMs: verifications.apiLatencyMs,
  fingersSent: as<VerificationRow["fingersSent"]>(verifications.fingersSent),
  fingersNotMatched: as<VerificationRow["fingersNotMatched"]>(verifications.fingersNotMatched),
  loginOutcome: as<VerificationRow["loginOutcome"]>(loginOutcomes.outcome),
  loginId: verifications.loginId,
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

/** One page of verifications by time, 50 at most, continued from a cursor in either direction. */
export async function listVerifications(
  db: DatabaseOrTransaction,
  listed: Listed,
  page: { order: Order; cursor: Cursor | null },
): Promise<VerificationPage> {
  const goesBack = page.cursor?.direction === "before";
  const falls = (page.order === "newest") !== goesBack;
  const found = await db
    .select(listColumns)
    .from(verifications)
    .leftJoin(people, eq(people.id, verifications.personId))
    .leftJoin(loginOutcomes, outcomeOfLogin)
    .where(and(...listConditions(listed), page.cursor ? beyond(page.cursor, falls) : undefined))
    .orderBy(...inOrder(falls))
    .limit(VERIFICATIONS_SHOWN + 1);
  const hasMore = found.length > VERIFICATIONS_SHOWN;
  const rows = found.slice(0, VERIFICATIONS_SHOWN).map(withSubject);
  if (goesBack) return { rows: rows.reverse(), hasPrevious: hasMore, hasNext: true };
  return { rows, hasPrevious: page.cursor !== null, hasNext: hasMore };
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
