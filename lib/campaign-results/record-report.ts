import { createHash } from "node:crypto";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";

/** Says in the log what is about to leave, by its digest, before its first byte does. Audits `campaign.download`. */
export const recordReport = (
  db: DatabaseOrTransaction,
  { campaignId, what, bytes }: { campaignId: string; what: string; bytes: Uint8Array },
  actor: Actor,
  at: Date,
): Promise<void> =>
  recordAudit(db, {
    action: "campaign.download",
    actor,
    at,
    entity: { type: "campaign", id: campaignId },
    details: { what, sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.byteLength },
  });
