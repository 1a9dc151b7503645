import "server-only";
import { getFormatter } from "next-intl/server";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { findSession, getFactors, listAdministratorNames, listOpenSessions } from "./queries.ts";
import { accountState, sessionLeft } from "./rules.ts";
import type { SessionLeft } from "./types.ts";
import { findViewer, requireCaller, requireViewer } from "./viewer.ts";

/** Whom a signed-in member can ask for a right, as words; empty when nobody is signed in. */
export async function loadAdministratorNames(): Promise<string> {
  const found = await findViewer();
  if (!found.ok) return "";
  return (await getFormatter()).list(await listAdministratorNames(consoleDatabase()), {
    type: "disjunction",
  });
}

export type AccountData = Awaited<ReturnType<typeof loadAccount>>;

/** The viewer's own account: who they are, what they prove themselves with, where they are signed in. */
export async function loadAccount() {
  const viewer = await requireViewer("account.read");
  const now = new Date();
  const factors = await getFactors(consoleDatabase(), viewer.memberId);
  return {
    viewer,
    now,
    factors,
    sessions: await listOpenSessions(consoleDatabase(), viewer.memberId, now),
    state: accountState(viewer.proof, consoleSettings().secondFactor, factors.recoveryCodesLeft),
  };
}

/** How long the caller's session still holds. A page asks by itself: that is no use of it. */
export async function loadSessionLeft(): Promise<SessionLeft> {
  const { sessionId } = await requireCaller("account.read", { isUse: false });
  const session = await findSession(consoleDatabase(), sessionId);
  return session === null ? { idleMs: 0, absoluteMs: 0 } : sessionLeft(session.facts, new Date());
}
