import { eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { campaignTesters } from "#db/schema/campaigns.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { hashLinkToken, hasTokenForm } from "#lib/auth/link-token.ts";
import { findTester, listHeldEnrolments } from "./queries.ts";
import { troubleOfTester } from "./rules.ts";
import { CAMPAIGN_CHANNEL, type LinkRefused } from "./types.ts";

/**
 * Ends a tester's link because they want it: it opens nothing any more, and the worker, woken here, deletes what was
 * enrolled by it. Which API is configured does not matter. Answers like any look at the link from then on: `left`, with
 * how many enrolments the API may still hold. Audits `campaign_tester.end`, by number, once.
 */
export function endTester(db: DatabaseOrTransaction, token: string, at: Date): Promise<LinkRefused> {
  return joinOrOpenTransaction(db, async (tx) => {
    const tester = hasTokenForm(token)
      ? await findTester(tx, hashLinkToken(token), { isLocked: true })
      : null;
    if (tester === null) return { ok: false, code: "unknown", left: 0 };
    const left = (await listHeldEnrolments(tx, tester.id)).length;
    const trouble = troubleOfTester(tester, at);
    if (trouble !== null) return { ok: false, code: trouble, left };
    const { id, campaignId, number } = tester;
    await tx.update(campaignTesters).set({ leftAt: at }).where(eq(campaignTesters.id, id));
    await recordAudit(tx, {
      action: "campaign_tester.end",
      actor: { id: null, role: "system" },
      at,
      entity: { type: "campaign_tester", id },
      details: { campaignId, number },
    });
    await tx.execute(sql`select pg_notify(${CAMPAIGN_CHANNEL}, '')`);
    return { ok: false, code: "left", left };
  });
}
