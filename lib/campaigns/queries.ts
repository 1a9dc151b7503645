import { eq, max } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { campaigns, campaignTesters } from "#db/schema/campaigns.ts";

/** The campaign, locked until the transaction ends, so that who issues links and who closes it take turns; or null. */
export async function findCampaignLocked(tx: DatabaseOrTransaction, campaignId: string) {
  const [row] = await tx.select().from(campaigns).where(eq(campaigns.id, campaignId)).for("update");
  return row ?? null;
}

/** The tester, locked until the transaction ends; or null. */
export async function findTesterLocked(tx: DatabaseOrTransaction, testerId: string) {
  const [row] = await tx.select().from(campaignTesters).where(eq(campaignTesters.id, testerId)).for("update");
  return row ?? null;
}

/** The number of the campaign's last tester; 0 where it has none. */
export async function findHighestNumber(db: DatabaseOrTransaction, campaignId: string): Promise<number> {
  const [row] = await db
    .select({ highest: max(campaignTesters.number) })
    .from(campaignTesters)
    .where(eq(campaignTesters.campaignId, campaignId));
  return row?.highest ?? 0;
}

/** How many links of the campaign were ever issued. */
export const countTesters = (db: DatabaseOrTransaction, campaignId: string): Promise<number> =>
  db.$count(campaignTesters, eq(campaignTesters.campaignId, campaignId));
