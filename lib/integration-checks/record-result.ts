import { and, eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { integrationResults, observedFacts } from "#db/schema/integration.ts";
import type { CheckEnd, CheckId } from "#lib/contract-checks/types.ts";

type About = { runId: string; origin: string; checkId: CheckId; place: number };

/** Writes down that a check is about to be made. */
export async function recordIntent(
  db: DatabaseOrTransaction,
  { runId, checkId, place }: About,
  at: Date,
): Promise<void> {
  await db.insert(integrationResults).values({ runId, checkId, place, startedAt: at }).onConflictDoNothing();
}

/** Writes down what came of a check, with what it showed about the API. */
export function recordResult(
  db: DatabaseOrTransaction,
  { runId, origin, checkId }: About,
  { observed, ...end }: CheckEnd,
  at: Date,
): Promise<void> {
  return joinOrOpenTransaction(db, async (tx) => {
    await tx
      .update(integrationResults)
      .set(end)
      .where(and(eq(integrationResults.runId, runId), eq(integrationResults.checkId, checkId)));
    for (const { fact, value } of observed)
      await tx
        .insert(observedFacts)
        .values({ origin, fact, value, runId, observedAt: at })
        .onConflictDoUpdate({
          target: [observedFacts.origin, observedFacts.fact],
          set: { value: sql`excluded.value`, runId, observedAt: at },
        });
  });
}
