import "server-only";
import { cookies } from "next/headers";
import type { ActionContext, ActionOutcome } from "#lib/action/types.ts";
import { hostCookie } from "#lib/console/cookies.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import { SESSION_COOKIE } from "./auth-cookies.ts";
import { endSession } from "./end-session.ts";

/** Ends the viewer's own session in the database and takes its cookie from the browser. Audits session.end. */
export async function signOut({ viewer, db, at }: ActionContext): Promise<ActionOutcome<null>> {
  const { sessionId, memberId, role } = viewer;
  await endSession(db, { sessionId, memberId, by: "member", actor: { id: memberId, role } }, at);
  const { isHttps } = consoleSettings();
  const jar = await cookies();
  // Without its flag a browser would not take the order to forget a cookie of its own name by https.
  jar.delete({ name: hostCookie(SESSION_COOKIE, isHttps), path: "/", secure: isHttps });
  return { ok: true, data: null };
}
