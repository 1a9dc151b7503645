import "server-only";
import { cookies } from "next/headers";
import type { ActionContext, ActionOutcome } from "#lib/action/types.ts";
import { endSession } from "./end-session.ts";

/** Ends the viewer's own session in the database and takes its cookie from the browser. Audits session.end. */
export async function signOut({ viewer, db, at }: ActionContext): Promise<ActionOutcome<null>> {
  const { sessionId, memberId, role } = viewer;
  await endSession(db, { sessionId, memberId, by: "member", actor: { id: memberId, role } }, at);
  const jar = await cookies();
  for (const { name } of jar.getAll()) if (name.endsWith("next-auth.session-token")) jar.delete(name);
  return { ok: true, data: null };
}
