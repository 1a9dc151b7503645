import { and, eq, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { memberSessions } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";

type End = { sessionId: string; memberId: string; by: "member" | "expiry" | "administrator"; actor: Actor };

/** Ends a session for good; one that has ended already stays as it is. Audits session.end once. */
export async function endSession(db: DatabaseOrTransaction, end: End, at: Date): Promise<{ ended: boolean }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const ended = await tx
      .update(memberSessions)
      .set({ endedAt: at })
      .where(and(eq(memberSessions.id, end.sessionId), isNull(memberSessions.endedAt)))
      .returning({ id: memberSessions.id });
    if (ended.length === 0) return { ended: false };
    await recordAudit(tx, {
      action: "session.end",
      actor: end.actor,
      at,
      entity: { type: "session", id: end.sessionId },
      details: { memberId: end.memberId, by: end.by },
    });
    return { ended: true };
  });
}
