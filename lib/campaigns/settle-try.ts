import { and, eq, isNull, lt } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { campaignTries } from "#db/schema/campaigns.ts";
import { lostBefore } from "./rules.ts";
import type { SwappedOutcome, TryEnd } from "./types.ts";

/** Writes down what came of a try, once: one that was held for cut off meanwhile stays `failed`. */
export async function settleTry(
  db: DatabaseOrTransaction,
  tryId: string,
  end: TryEnd & { swappedOutcome: SwappedOutcome | null; tookMs: number },
  at: Date,
): Promise<boolean> {
  const settled = await db
    .update(campaignTries)
    .set({ ...end, answeredAt: at })
    .where(and(eq(campaignTries.id, tryId), isNull(campaignTries.outcome)))
    .returning({ id: campaignTries.id });
  return settled.length > 0;
}

/** Ends tries that were cut off on their way, of one tester or of all: they count neither way, and free their places. */
export async function settleLostTries(
  db: DatabaseOrTransaction,
  now: Date,
  testerId?: string,
): Promise<void> {
  await db
    .update(campaignTries)
    .set({ outcome: "failed", answeredAt: now })
    .where(
      and(
        isNull(campaignTries.outcome),
        lt(campaignTries.askedAt, lostBefore(now)),
        testerId === undefined ? undefined : eq(campaignTries.testerId, testerId),
      ),
    );
}
