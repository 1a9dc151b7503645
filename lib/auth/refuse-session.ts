import type { DatabaseOrTransaction } from "#db/client.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SessionRefusal } from "./types.ts";

/** Notes a sign-in that was refused and what it really was: the answer to the browser tells less. Audits session.refuse. */
export function refuseSession(
  db: DatabaseOrTransaction,
  memberId: string | null,
  code: SessionRefusal,
  at: Date,
): Promise<void> {
  return recordAudit(db, {
    action: "session.refuse",
    actor: { id: null, role: "system" },
    at,
    entity: { type: "session", id: null },
    details: { memberId, code },
  });
}
