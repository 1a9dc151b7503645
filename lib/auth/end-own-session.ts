import { and, eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { memberSessions } from "#db/schema/members.ts";
import type { ActionOutcome } from "#lib/action/types.ts";
import { endSession } from "./end-session.ts";
import type { Viewer } from "./types.ts";

/** Ends one of the viewer's own sessions, in whatever browser it is open. Audits session.end. */
export async function endOwnSession(
  db: DatabaseOrTransaction,
  sessionId: string,
  { memberId, role }: Pick<Viewer, "memberId" | "role">,
  at: Date,
): Promise<ActionOutcome<null>> {
  const { id, memberId: of } = memberSessions;
  const [own] = await db
    .select({ id })
    .from(memberSessions)
    .where(and(eq(id, sessionId), eq(of, memberId)));
  if (!own) return { ok: false, code: "not_found" };
  await endSession(db, { sessionId, memberId, by: "member", actor: { id: memberId, role } }, at);
  return { ok: true, data: null };
}
