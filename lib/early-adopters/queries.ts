import { asc, count, desc, eq, gt, lt, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { members } from "#db/schema/members.ts";
import { people } from "#db/schema/people.ts";
import { earlyAdopters } from "#db/schema/rollouts.ts";
import type { LoginOutcome } from "#lib/logins/schema.ts";
import type { Unreadable } from "./place-rows.ts";
import { type AdopterCursor, type AdopterReport, type AdopterTrouble, LINES_KEPT } from "./types.ts";

export const ADOPTERS_SHOWN = 50;

/** How many are in the cohort, how many of them are enrolled, and how many were ever recognised in an application. */
export async function countCohort(db: DatabaseOrTransaction) {
  const [row] = await db
    .select({
      people: count(),
      enrolled: sql<number>`(count(*) filter (where ${people.status} = 'enrolled'))::int`,
      recognised: sql<number>`count(${people.lastMatchedAt})::int`,
    })
    .from(earlyAdopters)
    .leftJoin(people, eq(people.customId, earlyAdopters.customId));
  return row ?? { people: 0, enrolled: 0, recognised: 0 };
}

/** A page of the cohort, newest first, and whether there are newer and older ones. */
export async function listAdopters(db: DatabaseOrTransaction, cursor: AdopterCursor | null) {
  const isBackwards = cursor?.direction === "newer";
  const beyond = cursor && (isBackwards ? gt : lt)(earlyAdopters.place, cursor.place);
  const rows = await selectAdopters(db)
    .where(beyond ?? undefined)
    .orderBy((isBackwards ? asc : desc)(earlyAdopters.place))
    .limit(ADOPTERS_SHOWN + 1);
  const hasMore = rows.length > ADOPTERS_SHOWN;
  const shown = rows.slice(0, ADOPTERS_SHOWN);
  if (isBackwards) return { rows: shown.reverse(), hasNewer: hasMore, hasOlder: true };
  return { rows: shown, hasNewer: cursor !== null, hasOlder: hasMore };
}

/** The one with this CustomID, exactly as it is written, or null. */
export async function findAdopter(db: DatabaseOrTransaction, customId: string) {
  const [row] = await selectAdopters(db).where(eq(earlyAdopters.customId, customId));
  return row ?? null;
}

const selectAdopters = (db: DatabaseOrTransaction) =>
  db
    .select({
      place: earlyAdopters.place,
      customId: earlyAdopters.customId,
      addedAt: earlyAdopters.addedAt,
      addedBy: members.name,
      personId: people.id,
      status: people.status,
      bucket: people.bucket,
      lastLoginAt: people.lastLoginAt,
      lastLoginOutcome: sql<LoginOutcome | null>`${people.lastLoginOutcome}`,
    })
    .from(earlyAdopters)
    .leftJoin(people, eq(people.customId, earlyAdopters.customId))
    .leftJoin(members, eq(members.id, earlyAdopters.addedBy));

export type AdopterRow = NonNullable<Awaited<ReturnType<typeof findAdopter>>>;

/** The person of this CustomID as far as a login's path hangs on them, or null. */
export async function findKnown(db: DatabaseOrTransaction, customId: string) {
  const [row] = await db
    .select({
      id: people.id,
      status: people.status,
      bucket: people.bucket,
      pausedUntil: people.pausedUntil,
      failuresInARow: people.failuresInARow,
    })
    .from(people)
    .where(eq(people.customId, customId));
  return row ?? null;
}

/** What came of a list that `placeRows` laid beside what is known, with the rows that were no CustomIDs. */
export async function reportPlaced(
  tx: DatabaseOrTransaction,
  { counts, leftOut }: Unreadable,
): Promise<AdopterReport> {
  const [listed] = await tx.execute<{ rows: number }>(sql`select count(*)::int as rows from listed_adopters`);
  const sorted = await tx.execute<{ standing: string; people: number; enrolled: number }>(sql`
    select standing, count(*)::int as people, (count(*) filter (where is_enrolled))::int as enrolled
    from sorted_adopters group by standing`);
  const lines = await tx.execute<{ line: number; trouble: AdopterTrouble }>(sql`
    select line, standing as trouble from sorted_adopters where standing not in ('new', 'known')
    order by line limit ${LINES_KEPT}`);
  const of = (standing: string) => sorted.find((one) => one.standing === standing);
  const peopleOf = (standing: string) => of(standing)?.people ?? 0;
  const refused = { ...counts };
  for (const trouble of ["erasure_pending", "erased_before"] as const)
    if (peopleOf(trouble) > 0) refused[trouble] = peopleOf(trouble);
  const unreadable = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const distinct = sorted.reduce((sum, { people: one }) => sum + one, 0);
  return {
    rows: (listed?.rows ?? 0) + unreadable,
    added: peopleOf("new"),
    enrolled: of("new")?.enrolled ?? 0,
    known: peopleOf("known"),
    repeated: (listed?.rows ?? 0) - distinct,
    refused,
    leftOut: [...leftOut, ...lines].sort((a, b) => a.line - b.line).slice(0, LINES_KEPT),
  };
}
