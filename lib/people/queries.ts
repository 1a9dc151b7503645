import {
  and,
  eq,
  getTableColumns,
  gte,
  inArray,
  isNull,
  like,
  lte,
  not,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { people } from "#db/schema/people.ts";
import type { LoginOutcome } from "#lib/logins/schema.ts";
import type { BlockCause } from "#lib/requests/types.ts";
import { lastActiveAt } from "#lib/retention/queries.ts";
import { findMatch, isEndOnly, PART_MIN_LENGTH } from "./rules.ts";
import { foldCustomId, type LegalBasis } from "./schema.ts";
import type {
  CustomIdSight,
  Exposure,
  FoundPerson,
  MatchKind,
  PeopleFilters,
  PeopleFound,
  Person,
  PersonRecord,
} from "./types.ts";

export const PEOPLE_SHOWN = 50;
const SEARCH_TIMEOUT_MS = 3000;
const HOURS = { "24h": 24, "7d": 168, "30d": 720 } as const;
/** Sorts after every other character when compared byte by byte, as the prefix index does. */
const LAST_CHARACTER = "\u{10FFFF}";

// By its full name: in a select from one table drizzle leaves the table's name out.
const isEarlyAdopter = sql<boolean>`exists (select from early_adopters a where a.custom_id = people.custom_id)`;
const all = getTableColumns(people);
const columns = {
  id: all.id,
  customId: all.customId,
  status: all.status,
  faceEnrolled: all.faceEnrolled,
  fingersEnrolled: all.fingersEnrolled,
  bucket: all.bucket,
  isEarlyAdopter,
  failuresInARow: all.failuresInARow,
  pausedUntil: all.pausedUntil,
  createdAt: all.createdAt,
  enrolledAt: all.enrolledAt,
  confirmedAt: all.confirmedAt,
  lastLoginAt: all.lastLoginAt,
  lastLoginOutcome: sql<LoginOutcome | null>`${all.lastLoginOutcome}`,
};

/** The person of this id, or null. */
export async function findPerson(db: DatabaseOrTransaction, id: string): Promise<PersonRecord | null> {
  const rows = await db
    .select({
      ...columns,
      legalBasis: sql<LegalBasis>`${people.legalBasis}`,
      bioPassIdEnding: sql<string | null>`right(${people.bioPassId}, 4)`,
      lastActiveAt: sql<Date>`${lastActiveAt}`.mapWith(people.createdAt),
    })
    .from(people)
    .where(eq(people.id, id));
  return rows[0] ?? null;
}

/** Why a person is blocked; null where they are not, or nobody is known by this id. */
export async function findBlock(
  db: DatabaseOrTransaction,
  id: string,
): Promise<{ cause: BlockCause; requestId: string | null } | null> {
  const [row] = await db
    .select({ cause: people.blockedFor, requestId: people.blockedBy })
    .from(people)
    .where(eq(people.id, id));
  return row?.cause == null ? null : { cause: row.cause, requestId: row.requestId };
}

/** The people enrolled last, newest first; those still waiting for their enrolment come at the end. */
export async function listRecentPeople(
  db: DatabaseOrTransaction,
  filters: PeopleFilters,
  exposure: Exposure,
  now: Date,
): Promise<{ people: Person[]; hasMore: boolean }> {
  const rows = await db
    .select(columns)
    .from(people)
    .where(and(...conditionsOf(filters, exposure, now)))
    .orderBy(sql`${people.enrolledAt} desc nulls last`, people.id)
    .limit(PEOPLE_SHOWN + 1);
  return { people: rows.slice(0, PEOPLE_SHOWN), hasMore: rows.length > PEOPLE_SHOWN };
}

/**
 * The people whose CustomID is one of these, case and spaces aside, in the order of the list; where several differ only
 * in those, the one written exactly so comes first.
 */
export async function listPeopleByCustomIds(
  db: DatabaseOrTransaction,
  customIds: readonly string[],
): Promise<Person[]> {
  const places = new Map(customIds.map((customId, place) => [foldCustomId(customId), place]));
  const asked = new Set(customIds);
  const rows = await db
    .select(columns)
    .from(people)
    .where(inArray(people.customIdFolded, [...places.keys()]));
  const placeOf = ({ customId }: Person) => places.get(foldCustomId(customId)) ?? customIds.length;
  return rows.sort(
    (a, b) => placeOf(a) - placeOf(b) || Number(asked.has(b.customId)) - Number(asked.has(a.customId)),
  );
}

export type PeopleSearch = {
  text: string;
  /** Masked readers find by the whole CustomID or by its last characters only. */
  sight: CustomIdSight;
  filters: PeopleFilters;
  exposure: Exposure;
};

/**
 * Finds people by CustomID: the exact one first, then those beginning with the text, then those holding it. At most
 * 50, and a search the database cannot answer in three seconds is given up as too broad.
 */
export async function searchPeople(
  db: DatabaseOrTransaction,
  search: PeopleSearch,
  now: Date,
): Promise<PeopleFound> {
  try {
    const rows = await db.transaction(async (tx) => {
      await tx.execute(sql.raw(`set local statement_timeout = ${SEARCH_TIMEOUT_MS}`));
      return search.sight === "masked"
        ? await searchMasked(tx, search, now)
        : await searchWhole(tx, search, now);
    });
    const found = rows.slice(0, PEOPLE_SHOWN).sort(byMatch(search.text));
    return { ok: true, people: found, kind: found[0]?.match ?? null, hasMore: rows.length > PEOPLE_SHOWN };
  } catch (error) {
    if (isStatementTimeout(error)) return { ok: false, code: "too_broad" };
    throw error;
  }
}

async function searchWhole(
  tx: DatabaseOrTransaction,
  { text, filters, exposure }: PeopleSearch,
  now: Date,
): Promise<FoundPerson[]> {
  const folded = foldCustomId(text);
  if (folded === "") return [];
  const narrowed = conditionsOf(filters, exposure, now);
  // Written as a range in the index's own order: it stays one walk of the index, whatever plan is reused.
  const begins = sql`(${people.customIdFolded} ~>=~ ${folded} and ${people.customIdFolded} ~<~ ${folded + LAST_CHARACTER})`;
  const beginning = await tx
    .select(columns)
    .from(people)
    .where(and(begins, ...narrowed))
    .orderBy(sql`${people.customIdFolded} using ~<~`)
    .limit(PEOPLE_SHOWN + 1);
  const holding =
    beginning.length > PEOPLE_SHOWN || folded.length < PART_MIN_LENGTH
      ? []
      : await tx
          .select(columns)
          .from(people)
          .where(and(like(people.customIdFolded, `%${escapeLike(folded)}%`), not(begins), ...narrowed))
          .limit(PEOPLE_SHOWN + 1 - beginning.length);
  return [...beginning, ...holding].map((person) => ({
    ...person,
    match: matchOf(person.customId, folded),
    matched: findMatch(person.customId, folded),
  }));
}

async function searchMasked(
  tx: DatabaseOrTransaction,
  { text, filters, exposure }: PeopleSearch,
  now: Date,
): Promise<FoundPerson[]> {
  const folded = foldCustomId(text);
  if (folded === "") return [];
  const whole = eq(people.customIdFolded, folded);
  const wanted =
    isEndOnly(folded) && folded.length >= PART_MIN_LENGTH
      ? or(whole, like(people.customIdFolded, `%${escapeLike(folded)}`))
      : whole;
  const rows = await tx
    .select(columns)
    .from(people)
    .where(and(wanted, ...conditionsOf(filters, exposure, now)))
    .limit(PEOPLE_SHOWN + 1);
  return rows.map((person) => ({
    ...person,
    match: foldCustomId(person.customId) === folded ? "exact" : "part",
    matched: null,
  }));
}

function conditionsOf(filters: PeopleFilters, exposure: Exposure, now: Date): SQL[] {
  const fingers = sql`cardinality(${people.fingersEnrolled}) > 0`;
  const isPaused = sql`coalesce(${people.pausedUntil} > ${now.toISOString()}::timestamptz, false)`;
  const isWithin = exposure.offersEarlyAdopters
    ? sql`(${people.bucket} < ${exposure.exposurePercent} or ${isEarlyAdopter})`
    : sql`${people.bucket} < ${exposure.exposurePercent}`;
  const isOffered = exposure.halted
    ? sql`false`
    : sql`${people.status} = 'enrolled' and not ${isPaused} and ${isWithin}`;
  const conditions: (SQL | undefined)[] = [];
  if (filters.enrolled === "face") conditions.push(eq(people.faceEnrolled, true));
  if (filters.enrolled === "fingers") conditions.push(fingers);
  if (filters.enrolled === "both") conditions.push(eq(people.faceEnrolled, true), fingers);
  if (filters.enrolled === "nothing") conditions.push(eq(people.faceEnrolled, false), not(fingers));
  if (filters.since)
    conditions.push(gte(people.enrolledAt, new Date(now.getTime() - HOURS[filters.since] * 3_600_000)));
  if (filters.path === "biometric") conditions.push(isOffered);
  if (filters.path === "legacy") conditions.push(sql`not (${isOffered})`);
  if (filters.status === "paused") conditions.push(isPaused);
  else if (filters.status === "enrolled")
    conditions.push(
      eq(people.status, "enrolled"),
      or(isNull(people.pausedUntil), lte(people.pausedUntil, now)),
    );
  else if (filters.status) conditions.push(eq(people.status, filters.status));
  return conditions.filter((condition) => condition !== undefined);
}

function matchOf(customId: string, folded: string): MatchKind {
  const own = foldCustomId(customId);
  if (own === folded) return "exact";
  return own.startsWith(folded) ? "prefix" : "part";
}

const RANK: Record<MatchKind, number> = { exact: 0, prefix: 1, part: 2 };

/** The CustomID exactly as typed before those equal only once folded; a part found early before one found late. */
const byMatch = (text: string) => (a: FoundPerson, b: FoundPerson) =>
  RANK[a.match] - RANK[b.match] ||
  Number(b.customId === text) - Number(a.customId === text) ||
  (a.matched?.from ?? 0) - (b.matched?.from ?? 0) ||
  (a.customId < b.customId ? -1 : 1);

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

function isStatementTimeout(error: unknown): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  return typeof cause === "object" && cause !== null && "code" in cause && cause.code === "57014";
}
