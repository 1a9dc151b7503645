import { and, eq, isNull, ne } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { memberSessions } from "#db/schema/members.ts";
import { endSession } from "./end-session.ts";
import type { Viewer } from "./types.ts";

/** Ends every session of the viewer but the one that asks. Audits session.end for each; answers how many ended. */
export async function endOtherSessions(
  tx: DatabaseOrTransaction,
  { memberId, sessionId, role }: Pick<Viewer, "memberId" | "sessionId" | "role">,
  at: Date,
): Promise<number> {
  const { id, memberId: of, endedAt } = memberSessions;
  const others = await tx
    .select({ id })
    .from(memberSessions)
    .where(and(eq(of, memberId), ne(id, sessionId), isNull(endedAt)));
  const actor = { id: memberId, role };
  for (const other of others)
    await endSession(tx, { sessionId: other.id, memberId, by: "member", actor }, at);
  return others.length;
}
