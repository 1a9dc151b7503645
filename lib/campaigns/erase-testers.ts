import { eq } from "drizzle-orm";
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
  return eraseMadeUp(desk, testers, async (customId, tried) => {
    await desk.db.update(campaignEnrolments).set(tried).where(eq(campaignEnrolments.customId, customId));
  });
}
