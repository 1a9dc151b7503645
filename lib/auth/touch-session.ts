import { and, eq, isNull, lt } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { memberSessions } from "#db/schema/members.ts";

/** Notes that the session is in use. Not audited: it happens on page views, and only moves the idle limit. */
export async function touchSession(db: DatabaseOrTransaction, sessionId: string, at: Date): Promise<void> {
  await db
    .update(memberSessions)
    .set({ seenAt: at })
    .where(
      and(eq(memberSessions.id, sessionId), isNull(memberSessions.endedAt), lt(memberSessions.seenAt, at)),
    );
}
