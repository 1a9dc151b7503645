import { and, eq, gte, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { verificationRollups } from "#db/schema/logins.ts";

/** Verifications of logins, and those of them that ended in trouble at the API. */
export type LastCalls = { calls: number; errors: number };

/** Trouble is said from this share of the last hour's calls, and not on a handful of them. */
const TROUBLE_SHARE = 0.2;
const TROUBLE_CALLS = 5;
const HOUR_MS = 3_600_000;

/** Whether the calls of the last hour mean that the API is in trouble. */
export const isApiTrouble = ({ calls, errors }: LastCalls): boolean =>
  calls >= TROUBLE_CALLS && errors / calls >= TROUBLE_SHARE;

/** The calls of the last hour, from the rollups. */
export async function countLastCalls(db: DatabaseOrTransaction, now: Date): Promise<LastCalls> {
  const { minute, source, outcome, count } = verificationRollups;
  const [row] = await db
    .select({
      calls: sql<number>`coalesce(sum(${count}), 0)`.mapWith(Number),
      errors: sql<number>`coalesce(sum(${count}) filter (where ${outcome} = 'api_error'), 0)`.mapWith(Number),
    })
    .from(verificationRollups)
    .where(and(gte(minute, new Date(now.getTime() - HOUR_MS)), eq(source, "gateway")));
  return row ?? { calls: 0, errors: 0 };
}
