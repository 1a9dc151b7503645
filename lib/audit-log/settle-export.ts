import type { DatabaseOrTransaction } from "#db/client.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor, AuditActs } from "#lib/audit/types.ts";

type Ended = Exclude<AuditActs["audit.export"]["details"], { stage: "started" }>;

/** Says in the log how an export ended: what was sent and its digest, or that it broke off. Audits `audit.export`. */
export const settleExport = (
  db: DatabaseOrTransaction,
  { exportId, ended }: { exportId: string; ended: Ended },
  actor: Actor,
  at: Date,
): Promise<void> =>
  recordAudit(db, {
    action: "audit.export",
    actor,
    at,
    entity: { type: "audit", id: exportId },
    details: ended,
  });
