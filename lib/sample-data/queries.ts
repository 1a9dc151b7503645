import { and, eq, inArray, like, notExists, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { logins } from "#db/schema/logins.ts";
import { enrolments, people } from "#db/schema/people.ts";
import { sampleData } from "#db/schema/sample-data.ts";
import { SAMPLE_CUSTOM_ID_PREFIX } from "./schema.ts";
import type { SampleData } from "./types.ts";

const DAY_MS = 86_400_000;

/** The made-up data of this installation, or null. With `lock` nobody else removes it until the transaction ends. */
export async function findSampleData(
  db: DatabaseOrTransaction,
  options: { lock?: true } = {},
): Promise<SampleData | null> {
  const query = db.select().from(sampleData);
  const [row] = await (options.lock ? query.for("update") : query);
  if (row === undefined) return null;
  const { applicationIds, historyFrom, historyUntil, people: count, logins: opened, verifications } = row;
  const days = Math.ceil((historyUntil.getTime() - historyFrom.getTime()) / DAY_MS);
  const figures = { people: count, logins: opened, verifications, days };
  return { ...figures, applicationIds, historyFrom, historyUntil, completed: row.completedAt !== null };
}

/** What stands in a database without sample data: real people or logins, and whether a CustomID looks like ours. */
export async function findRealData(
  db: DatabaseOrTransaction,
): Promise<{ any: boolean; hasSampleName: boolean }> {
  const some = db.select({ one: sql`1` }).from(people).limit(1);
  const opened = db.select({ one: sql`1` }).from(logins).limit(1);
  const named = db
    .select({ one: sql`1` })
    .from(people)
    .where(like(people.customIdFolded, `${SAMPLE_CUSTOM_ID_PREFIX}%`))
    .limit(1);
  const [known, used, taken] = await Promise.all([some, opened, named]);
  return { any: known.length + used.length > 0, hasSampleName: taken.length > 0 };
}

/** Whether there is anybody whom none of the made-up applications enrolled. */
export async function hasRealPeople(db: DatabaseOrTransaction): Promise<boolean> {
  const sample = await findSampleData(db);
  const madeUp = db
    .select({ one: sql`1` })
    .from(enrolments)
    .where(
      and(eq(enrolments.personId, people.id), inArray(enrolments.actorId, sample?.applicationIds ?? [])),
    );
  const real = await db.select({ one: sql`1` }).from(people).where(notExists(madeUp)).limit(1);
  return real.length > 0;
}
