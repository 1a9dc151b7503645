import { and, eq, isNull, ne } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { memberSessions } from "#db/schema/members.ts";
import type { Actor } from "#lib/audit/types.ts";
import { endSession } from "#lib/auth/end-session.ts";
import { endOfSession } from "#lib/auth/rules.ts";

/** A member's sessions, or everybody's; each but the one that is named. */
type Which = { memberId: string; exceptSessionId?: string } | { exceptSessionId: string };

const SYSTEM: Actor = { id: null, role: "system" };

/**
 * Ends sessions for good: whoever holds one is out at the next click. Those whose time had run out unnoticed are written
 * down as that. Says how many still held. Audits `session.end` for each.
 */
export function endSessions(
  db: DatabaseOrTransaction,
  which: Which,
  actor: Actor,
  at: Date,
): Promise<{ ended: number }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const { exceptSessionId } = which;
    const wanted = and(
      "memberId" in which ? eq(memberSessions.memberId, which.memberId) : undefined,
      exceptSessionId === undefined ? undefined : ne(memberSessions.id, exceptSessionId),
    );
    const sessions = await tx
      .select()
      .from(memberSessions)
      .where(and(isNull(memberSessions.endedAt), wanted));
    let ended = 0;
    for (const session of sessions) {
      const { id: sessionId, memberId } = session;
      const isOver = endOfSession({ ...session, memberDisabledAt: null }, at) !== null;
      const by = isOver ? "expiry" : memberId === actor.id ? "member" : "administrator";
      const end = { sessionId, memberId, by, actor: isOver ? SYSTEM : actor } as const;
      if ((await endSession(tx, end, at)).ended && !isOver) ended += 1;
    }
    return { ended };
  });
}
