import { eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { templateSettlements } from "#db/schema/rollouts.ts";
import type { Enrolled, SettlementRow } from "./queries.ts";

type Step = { found: readonly Enrolled[]; settled: number; isDone: boolean };

/** Notes how far the worker is with a choice, in the transaction of the step; answers whether there is more to do. */
export async function touchSettlement(
  tx: DatabaseOrTransaction,
  { id, reachedAt, reachedId }: SettlementRow,
  { found, settled, isDone }: Step,
  at: Date,
): Promise<boolean> {
  const last = found.at(-1);
  await tx
    .update(templateSettlements)
    .set({
      reachedAt: last?.enrolledAt ?? reachedAt,
      reachedId: last?.id ?? reachedId,
      settled: sql`${templateSettlements.settled} + ${settled}`,
      doneAt: isDone ? at : null,
    })
    .where(eq(templateSettlements.id, id));
  return !isDone;
}
