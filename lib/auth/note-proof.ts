import { and, eq, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { memberSessions } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Proof, Viewer } from "./types.ts";

/** Writes that the session was proved anew just now, in the caller's transaction. Audits session.step_up. */
export async function noteProof(
  tx: DatabaseOrTransaction,
  { memberId, sessionId, role }: Pick<Viewer, "memberId" | "sessionId" | "role">,
  provedWith: Proof,
  at: Date,
): Promise<void> {
  await tx
    .update(memberSessions)
    .set({ provedAt: at, provedWith })
    .where(and(eq(memberSessions.id, sessionId), isNull(memberSessions.endedAt)));
  await recordAudit(tx, {
    action: "session.step_up",
    actor: { id: memberId, role },
    at,
    entity: { type: "session", id: sessionId },
    details: { provedWith },
  });
}
