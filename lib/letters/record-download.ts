import { createHash } from "node:crypto";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";

/** Says in the log what is about to leave, by its digest, before its first byte does. Audits `request.download`. */
export const recordDownload = (
  db: DatabaseOrTransaction,
  { requestId, what, bytes }: { requestId: string; what: string; bytes: Uint8Array },
  actor: Actor,
  at: Date,
): Promise<void> =>
  recordAudit(db, {
    action: "request.download",
    actor,
    at,
    entity: { type: "request", id: requestId },
    details: { what, sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.byteLength },
  });
