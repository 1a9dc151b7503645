import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { campaignEnrolments } from "#db/schema/campaigns.ts";
import type { ApiResult } from "#lib/multibiometrics/types.ts";
import { isEnrolledBy } from "./rules.ts";

/**
 * Writes down what the API answered to an enrolment. Where this call, or one before it, may still arrive, the answer is
 * not taken for the last word: its deletion then waits until nothing can.
 */
export async function settleEnrolment(
  db: DatabaseOrTransaction,
  { customId, isAlone }: { customId: string; isAlone: boolean },
  answer: ApiResult<unknown>,
  at: Date,
): Promise<void> {
  const isLast = isAlone && (answer.ok || !answer.outcomeUnknown);
  await db
    .update(campaignEnrolments)
    .set({
      ...(isLast ? { answeredAt: at } : {}),
      ...(isEnrolledBy(answer) ? { enrolledAt: at } : {}),
    })
    .where(eq(campaignEnrolments.customId, customId));
}
