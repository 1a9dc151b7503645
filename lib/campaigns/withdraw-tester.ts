import { eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { campaignTesters } from "#db/schema/campaigns.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { findTesterLocked } from "./queries.ts";
import { CAMPAIGN_CHANNEL, type CampaignMember } from "./types.ts";

/**
 * Takes a tester's link back: it opens nothing any more, and the worker deletes what was enrolled by it. What they tried
 * is kept. Refuses `ended` where it was withdrawn before or the tester left. Audits `campaign_tester.withdraw`.
 */
export function withdrawTester(
  db: DatabaseOrTransaction,
  { testerId }: { testerId: string },
  actor: CampaignMember,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: "not_found" | "ended" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const tester = await findTesterLocked(tx, testerId);
    if (tester === null) return { ok: false, code: "not_found" };
    if (tester.withdrawnAt !== null || tester.leftAt !== null) return { ok: false, code: "ended" };
    await tx.update(campaignTesters).set({ withdrawnAt: at }).where(eq(campaignTesters.id, testerId));
    await recordAudit(tx, {
      action: "campaign_tester.withdraw",
      actor,
      at,
      entity: { type: "campaign_tester", id: testerId },
      details: { campaignId: tester.campaignId, number: tester.number },
    });
    await tx.execute(sql`select pg_notify(${CAMPAIGN_CHANNEL}, '')`);
    return { ok: true };
  });
}
