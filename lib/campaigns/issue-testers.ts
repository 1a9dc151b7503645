import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { campaignTesters } from "#db/schema/campaigns.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { hashLinkToken, newLinkToken } from "#lib/auth/link-token.ts";
import { newIdAt } from "#lib/ids.ts";
import { findCampaignLocked, findHighestNumber } from "./queries.ts";
import { isOver, TESTERS_AT_MOST } from "./rules.ts";
import type { TesterCount } from "./schema.ts";
import type { CampaignMember, NewTester } from "./types.ts";

type IssueResult =
  | { ok: true; campaign: { id: string; endsAt: Date }; testers: NewTester[] }
  | { ok: false; code: "not_found" | "over" | "other_api" | "too_many" };

/**
 * Makes links for so many more testers of a campaign, numbered on from the last. Their tokens are returned, the only time
 * they can be read. Refuses `over` once the campaign is closed or ended, `other_api` where another API is configured than
 * it was opened against, and `too_many`. Audits `campaign_tester.issue`, once for all of them.
 */
export function issueTesters(
  db: DatabaseOrTransaction,
  { campaignId, count }: TesterCount,
  api: { origin: string },
  actor: CampaignMember,
  at: Date,
): Promise<IssueResult> {
  return joinOrOpenTransaction(db, async (tx): Promise<IssueResult> => {
    const campaign = await findCampaignLocked(tx, campaignId);
    if (campaign === null) return { ok: false, code: "not_found" };
    if (isOver(campaign, at)) return { ok: false, code: "over" };
    if (campaign.origin !== api.origin) return { ok: false, code: "other_api" };
    const first = (await findHighestNumber(tx, campaignId)) + 1;
    if (first + count - 1 > TESTERS_AT_MOST) return { ok: false, code: "too_many" };
    const testers = Array.from({ length: count }, (_, place) => {
      return { id: newIdAt(at), number: first + place, token: newLinkToken() };
    });
    await tx.insert(campaignTesters).values(
      testers.map(({ id, number, token }) => {
        return { id, campaignId, number, tokenHash: hashLinkToken(token), issuedBy: actor.id, issuedAt: at };
      }),
    );
    await recordAudit(tx, {
      action: "campaign_tester.issue",
      actor,
      at,
      entity: { type: "campaign_tester", id: null },
      details: { campaignId, count, number: first },
    });
    return { ok: true, campaign: { id: campaignId, endsAt: campaign.endsAt }, testers };
  });
}
