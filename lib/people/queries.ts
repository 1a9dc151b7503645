import { and, eq, getTableColumns, gte, or, type SQL, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { people } from "#db/schema/people.ts";
import { withinBudget } from "#db/within-budget.ts";
import type { LoginOutcome } from "#lib/logins/schema.ts";
import type { BlockCause } from "#lib/requests/types.ts";
import { lastActiveAt } from "#lib/retention/queries.ts";
import { foldCustomId, type LegalBasis, type PersonStatus } from "./schema.ts";
import { type Exposure, LIST_MAX, type PeopleFilters, type Person, type PersonRecord } from "./types.ts";

export const PEOPLE_SHOWN = 50;
/** Longer is not waited for: then the newest people stand for all. */
const LIST_BUDGET_MS = 500;
const NEWEST_LOOKED_AT = 20_000;
const HOURS = { "24h": 24, "7d": 168, "30d": 720 } as const;

const NOT_ENROLLED = sql`${people.status} <> 'enrolled'`;
const STATUS: Record<PersonStatus, SQL> = {
  enrolled: sql`${people.status} = 'enrolled'`,
  pending: sql`${people.status} = 'pending'`,
  blocked: sql`${people.status} = 'blocked'`,
};
const WITH_FINGERS = sql`cardinality(${people.fingersEnrolled}) > 0`;
const ENROLLED: Record<NonNullable<PeopleFilters["enrolled"]>, SQL> = {
  face: sql`${people.faceEnrolled}`,
  fingers: WITH_FINGERS,
  both: sql`${people.faceEnrolled} and ${WITH_FINGERS}`,
  nothing: sql`not ${people.faceEnrolled} and cardinality(${people.fingersEnrolled}) = 0`,
};

const NEWEST_FIRST = [sql`${people.enrolledAt} desc nulls last`, people.id] as const;
// By its full name: in a select from one table drizzle leaves the table's name out.
const isEarlyAdopter = sql<boolean>`exists (select from early_adopters a where a.custom_id = people.custom_id)`;
const all = getTableColumns(people);
export const personColumns = {
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
      ...personColumns,
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

/**
 * The people enrolled last, newest first; those still waiting for their enrolment come at the end. Where the filters leave
 * so few of so many that looking takes too long, those among the newest are shown, and more are announced.
 */
export async function listRecentPeople(
  db: DatabaseOrTransaction,
  filters: PeopleFilters,
  exposure: Exposure,
  now: Date,
): Promise<{ people: Person[]; hasMore: boolean }> {
  const narrowed = conditionsOf(filters, exposure, now);
  // Who goes the old way although everybody is let in is known to two indexes.
  const approach = filters.path === "legacy" && exposure.exposurePercent >= 100 ? "join" : "walk";
  const read = (tx: DatabaseOrTransaction) =>
    tx
      .select(personColumns)
      .from(people)
      .where(and(...narrowed))
      .orderBy(...NEWEST_FIRST)
      .limit(PEOPLE_SHOWN + 1);
  const budget = { milliseconds: LIST_BUDGET_MS, approach } as const;
  const rows = narrowed.length === 0 ? await read(db) : await withinBudget(db, budget, read);
  const shown = rows ?? (await listAmongNewest(db, narrowed, NEWEST_LOOKED_AT));
  return { people: shown.slice(0, PEOPLE_SHOWN), hasMore: rows === null || rows.length > PEOPLE_SHOWN };
}

/** Those of the so many people enrolled last to whom all this applies: looks at no others, so that it answers at once. */
export function listAmongNewest(
  db: DatabaseOrTransaction,
  conditions: readonly SQL[],
  most: number,
): Promise<Person[]> {
  // Named as the table itself, whose columns it has.
  const newest = db
    .select()
    .from(people)
    .orderBy(...NEWEST_FIRST)
    .limit(most)
    .as("people");
  return db
    .select(personColumns)
    .from(newest)
    .where(and(...conditions))
    .limit(PEOPLE_SHOWN + 1);
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
  // One walk of the index for each, and the limit says so: of all at once PostgreSQL would expect millions of people.
  const likeness = db
    .select()
    .from(people)
    .where(sql`${people.customIdFolded} ~>=~ listed.folded and ${people.customIdFolded} ~<=~ listed.folded`)
    .orderBy(sql`${people.customIdFolded} using ~<~`)
    .limit(LIST_MAX)
    .as("people");
  const rows = await db
    .select(personColumns)
    .from(sql`unnest(${sql.param([...places.keys()])}::text[]) listed (folded)`)
    .crossJoinLateral(likeness);
  const placeOf = ({ customId }: Person) => places.get(foldCustomId(customId)) ?? customIds.length;
  return rows.sort(
    (a, b) => placeOf(a) - placeOf(b) || Number(asked.has(b.customId)) - Number(asked.has(a.customId)),
  );
}

/**
 * What a list of people is narrowed by, in the very words of the indexes that hold the few people: only so can
 * PostgreSQL know that they answer, whatever values are asked for later.
 */
export function conditionsOf(filters: PeopleFilters, exposure: Exposure, now: Date): SQL[] {
  const { enrolled, since, path, status } = filters;
  const paused = sql`${people.pausedUntil} > ${now.toISOString()}::timestamptz`;
  const unpaused = sql`(${people.pausedUntil} is null or ${people.pausedUntil} <= ${now.toISOString()}::timestamptz)`;
  const conditions: (SQL | undefined)[] = [];
  if (enrolled !== null) conditions.push(ENROLLED[enrolled]);
  if (since !== null) {
    const from = new Date(now.getTime() - HOURS[since] * 3_600_000);
    conditions.push(gte(people.enrolledAt, from));
  }
  if (path === "biometric") conditions.push(and(STATUS.enrolled, unpaused, withinOf(exposure)));
  if (path === "legacy") conditions.push(or(NOT_ENROLLED, paused, outsideOf(exposure)));
  if (status === "paused") conditions.push(paused);
  else if (status !== null) conditions.push(STATUS[status], status === "enrolled" ? unpaused : undefined);
  return conditions.filter((condition) => condition !== undefined);
}

/** Whom the rollout lets in; with no share, early adopters are sought by their list and not among everybody. */
function withinOf({ halted, exposurePercent, offersEarlyAdopters }: Exposure): SQL | undefined {
  if (halted) return sql`false`;
  if (exposurePercent >= 100) return undefined;
  if (exposurePercent <= 0)
    return offersEarlyAdopters
      ? sql`${people.customId} in (select custom_id from early_adopters)`
      : sql`false`;
  const inShare = sql`${people.bucket} < ${exposurePercent}`;
  return offersEarlyAdopters ? sql`(${inShare} or ${isEarlyAdopter})` : inShare;
}

/** The others; nobody when everybody is let in. */
function outsideOf({ halted, exposurePercent, offersEarlyAdopters }: Exposure): SQL | undefined {
  if (halted) return sql`true`;
  if (exposurePercent >= 100) return undefined;
  const outsideShare = sql`${people.bucket} >= ${exposurePercent}`;
  return offersEarlyAdopters ? sql`(${outsideShare} and not ${isEarlyAdopter})` : outsideShare;
}
