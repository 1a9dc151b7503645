import type { DatabaseOrTransaction } from "#db/client.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { StepUpRefusal, Viewer } from "./types.ts";

/** Notes a proof inside a session that did not count, and why. Audits session.refuse_step_up. */
export function refuseProof(
  db: DatabaseOrTransaction,
  { memberId, sessionId, role }: Pick<Viewer, "memberId" | "sessionId" | "role">,
  code: StepUpRefusal,
  at: Date,
): Promise<void> {
  return recordAudit(db, {
    action: "session.refuse_step_up",
    actor: { id: memberId, role },
    at,
    entity: { type: "session", id: sessionId },
    details: { code },
  });
}
