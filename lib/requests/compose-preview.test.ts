import { expect, test } from "vitest";
import { verifications } from "#db/schema/logins.ts";
import { people } from "#db/schema/people.ts";
import { retentionSettings } from "#db/schema/retention.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { newId } from "#lib/ids.ts";
import { DEFAULT_RETENTION_VALUES } from "#lib/retention/schema.ts";
import { composePreview } from "./compose-preview.ts";

const AT = new Date();

const verificationOf = (personId: string) => ({
  ...{ id: newId(), openedAt: AT, at: AT, personId, source: "gateway", actorId: newId() },
  ...{ attempt: 1, modality: "face", outcome: "matched", reason: "matched", decision: "approved" },
  ...{ feedbackCode: "approved", catalogueVersion: 1, channel: "web", deviceClass: "desktop" },
  ...{ purpose: "login", exposurePercent: 100, policyVersion: 1, gateway: "gateway-1" },
});

test("an approval is bound to the retention's rule, and to no day and no login that comes meanwhile", () =>
  inRolledBackTransaction(async (tx) => {
    const [personId, customId] = [newId(), `person-${newId()}`];
    await tx.insert(people).values({
      ...{ id: personId, customId, customIdFolded: customId, status: "enrolled", bucket: 7, createdAt: AT },
      legalBasis: "gdpr_9_2_a_consent",
    });
    const compose = () =>
      composePreview(tx, { right: "erasure", regimes: ["gdpr"] }, { customId, key: AUDIT_KEY });
    await tx.insert(verifications).values(verificationOf(personId));
    const { preview, digest } = await compose();
    expect(preview.stays).toEqual([
      { kind: "history", items: 1, where: "gatehouse", article: "GDPR art. 11(1)", keptDays: 400 },
    ]);
    await tx.insert(verifications).values(verificationOf(personId));
    expect((await compose()).digest).toBe(digest);
    const values = { ...DEFAULT_RETENTION_VALUES, historyDays: 300 };
    await tx.insert(retentionSettings).values({ version: 1_000, values, changedAt: AT, reason: "less" });
    expect((await compose()).digest).not.toBe(digest);
  }));
