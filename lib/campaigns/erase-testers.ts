import { and, eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { campaignEnrolments } from "#db/schema/campaigns.ts";
import { type ErasureDesk, eraseMadeUp, triedBefore } from "#lib/integration-checks/erase-made-up.ts";
import { listLeftTesters } from "./queries.ts";

/**
 * Deletes at this API what was enrolled of testers who left or were withdrawn, or whose campaign is over, until the API
 * says "Person not found". Answers how many are left.
 */
export async function eraseTesters(
  desk: ErasureDesk & { db: DatabaseOrTransaction },
  origin: string,
): Promise<number> {
  const now = desk.clock();
  const testers = await listLeftTesters(desk.db, { origin, triedBefore: triedBefore(now), now });
  return eraseMadeUp(desk, testers, async ({ customId, askedAt, triedAt, goneAt }) => {
    // A step that was let in just before the end may have asked once more meanwhile: then they are not gone.
    const isSame = and(eq(campaignEnrolments.customId, customId), eq(campaignEnrolments.askedAt, askedAt));
    await desk.db.update(campaignEnrolments).set({ triedAt, goneAt }).where(isSame);
  });
}
