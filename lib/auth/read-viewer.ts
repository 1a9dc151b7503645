import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Actor } from "#lib/audit/types.ts";
import { isId } from "#lib/ids.ts";
import { endSession } from "./end-session.ts";
import { findSession } from "./queries.ts";
import { endOfSession, isTouchDue } from "./rules.ts";
import { touchSession } from "./touch-session.ts";
import type { SessionEnd, Viewer } from "./types.ts";

export type ViewerResult =
  | { ok: true; viewer: Viewer }
  /** `disabled`: whose session it was, where that member is disabled now. */
  | { ok: false; end: SessionEnd | "none"; disabled?: Actor };

/**
 * Who holds this session now: role and disabled state are read from the database each time, so that a change holds
 * from the next request on. A session found expired is ended, and that is audited.
 */
export async function readViewer(
  db: DatabaseOrTransaction,
  sessionId: string | undefined,
  now: Date,
  { isUse = true }: { isUse?: boolean } = {},
): Promise<ViewerResult> {
  const session = sessionId !== undefined && isId(sessionId) ? await findSession(db, sessionId) : null;
  if (!session) return { ok: false, end: "none" };
  const { viewer, facts } = session;
  const end = endOfSession(facts, now);
  if (end === null) {
    if (isUse && isTouchDue(facts, now)) await touchSession(db, viewer.sessionId, now);
    return { ok: true, viewer };
  }
  if (end === "idle" || end === "absolute") {
    const { sessionId: expired, memberId } = viewer;
    const actor = { id: null, role: "system" } as const;
    await endSession(db, { sessionId: expired, memberId, by: "expiry", actor }, now);
  }
  const disabled = { id: viewer.memberId, role: viewer.role };
  return { ok: false, end, ...(facts.memberDisabledAt ? { disabled } : {}) };
}
