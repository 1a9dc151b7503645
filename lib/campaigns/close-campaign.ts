import { eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { countTesters, findCampaignLocked } from "./queries.ts";
import { CAMPAIGN_CHANNEL, type CampaignMember } from "./types.ts";

/**
 * Closes a campaign: its links open nothing any more, and the worker deletes what its testers had enrolled. Its figures
 * stay. Refuses `closed` where it is already. Audits `campaign.close`.
 */
export function closeCampaign(
  db: DatabaseOrTransaction,
  { campaignId }: { campaignId: string },
  actor: CampaignMember,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: "not_found" | "closed" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const campaign = await findCampaignLocked(tx, campaignId);
    if (campaign === null) return { ok: false, code: "not_found" };
    if (campaign.closedAt !== null) return { ok: false, code: "closed" };
    await tx.update(campaigns).set({ closedAt: at }).where(eq(campaigns.id, campaignId));
    await recordAudit(tx, {
      action: "campaign.close",
      actor,
      at,
      entity: { type: "campaign", id: campaignId },
      details: { name: campaign.name, count: await countTesters(tx, campaignId) },
    });
    await tx.execute(sql`select pg_notify(${CAMPAIGN_CHANNEL}, '')`);
    return { ok: true };
  });
}
