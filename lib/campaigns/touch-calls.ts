import { and, eq, lt, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { campaignTesters } from "#db/schema/campaigns.ts";
import { callsOfTester } from "./rules.ts";
import type { Campaign } from "./types.ts";

type Spender = {
  id: string;
  campaign: Pick<Campaign, "lightings" | "positions" | "triesEach" | "swapped">;
};

/** Counts one call of the API before it is made; false, and nothing counted, where the link has caused all it may. */
export async function touchCall(
  db: DatabaseOrTransaction,
  { id, campaign }: Spender,
  devices: readonly unknown[],
): Promise<boolean> {
  const counted = await db
    .update(campaignTesters)
    .set({ calls: sql`${campaignTesters.calls} + 1` })
    .where(
      and(eq(campaignTesters.id, id), lt(campaignTesters.calls, callsOfTester({ ...campaign, devices }))),
    )
    .returning({ id: campaignTesters.id });
  return counted.length > 0;
}
