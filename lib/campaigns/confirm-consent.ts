import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { campaignTesters } from "#db/schema/campaigns.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { admitTester } from "./examine-tester.ts";
import type { ConsentInput } from "./schema.ts";
import type { TesterRefused } from "./types.ts";

/**
 * Writes down that a tester agrees, to which text and in which language, before anything of them is sent. Agreed once,
 * it stays what it was. Audits `campaign_tester.consent`, by number.
 */
export function confirmConsent(
  db: DatabaseOrTransaction,
  { token, version, locale }: ConsentInput,
  origin: string,
  at: Date,
): Promise<{ ok: true } | TesterRefused> {
  return joinOrOpenTransaction(db, async (tx) => {
    const admitted = await admitTester(tx, { token, origin }, at, { isLocked: true });
    if (!admitted.ok) return admitted;
    const { id, number, campaignId, consentedAt } = admitted.tester;
    if (consentedAt !== null) return { ok: true };
    await tx
      .update(campaignTesters)
      .set({ consentedAt: at, consentVersion: version, consentLocale: locale })
      .where(eq(campaignTesters.id, id));
    await recordAudit(tx, {
      action: "campaign_tester.consent",
      actor: { id: null, role: "system" },
      at,
      entity: { type: "campaign_tester", id },
      details: { campaignId, number, version, locale },
    });
    return { ok: true };
  });
}
