import { eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { campaignEnrolments } from "#db/schema/campaigns.ts";
import type { ApiResult } from "#lib/multibiometrics/types.ts";
import { isEnrolledBy } from "./rules.ts";
import type { EnrolmentAsked } from "./types.ts";

/**
 * Writes down what the API answered to an enrolment. Where this call, one before it or one after it may still arrive,
 * the answer is not taken for the last word: the deletion then waits until nothing can.
 */
export async function settleEnrolment(
  db: DatabaseOrTransaction,
  { customId, askedAt, isAlone }: EnrolmentAsked,
  answer: ApiResult<unknown>,
  at: Date,
): Promise<void> {
  const isLast = isAlone && (answer.ok || !answer.outcomeUnknown);
  const unlessAskedSince = sql`case when ${campaignEnrolments.askedAt} = ${askedAt.toISOString()}::timestamptz
    then ${at.toISOString()}::timestamptz end`;
  await db
    .update(campaignEnrolments)
    .set({
      answeredAt: isLast ? unlessAskedSince : null,
      ...(isEnrolledBy(answer) ? { enrolledAt: at } : {}),
    })
    .where(eq(campaignEnrolments.customId, customId));
}
