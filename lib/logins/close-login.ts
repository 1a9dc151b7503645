import { findLogin } from "./queries.ts";
import { legacyEnd } from "./rules.ts";
import type { FallbackReason, LegacyReason } from "./schema.ts";
import { closingEvent, mayBeInJournal, recall, recordOrWarn } from "./try-login.ts";
import type { LoginDesk, OpenLogin } from "./types.ts";

export type LegacyEnd = {
  loginId: string;
  applicationId: string;
  succeeded: boolean;
  reason: LegacyReason | null;
  lockedOut: boolean;
};

/**
 * Records how the old way ended, so that both ways are compared fairly. The first outcome of a login holds: a later one
 * is accepted and changes nothing. `unrecorded`: it could be kept nowhere now, send it again.
 */
export async function closeLogin(
  desk: LoginDesk,
  end: LegacyEnd,
): Promise<{ ok: true } | { ok: false; code: "unrecorded" }> {
  const login = await find(desk, end);
  if (login === "unavailable") return { ok: false, code: "unrecorded" };
  if (login === null || login.closed) return { ok: true };
  const { path } = login.opened;
  const closed = closingEvent(login, desk.clock(), {
    outcome: legacyEnd(path, end.succeeded),
    fallbackReason: path === "legacy" ? "none" : fallbackReason(desk, login, end.reason),
    lockedOut: end.lockedOut,
    attempts: login.attemptsUsed,
  });
  if (!(await recordOrWarn(desk, { closed: [closed] }))) return { ok: false, code: "unrecorded" };
  login.closed = true;
  return { ok: true };
}

async function find(desk: LoginDesk, wanted: LegacyEnd): Promise<OpenLogin | null | "unavailable"> {
  const remembered = recall(desk, wanted);
  // Nothing happens to a login on the legacy path but its end.
  if (remembered?.closed || remembered?.opened.path === "legacy") return remembered;
  const found = await desk.ledger.ask((sql) => findLogin(sql, wanted));
  const stored = found.ok ? (found.value?.login ?? null) : null;
  if (remembered !== null) return stored === null ? remembered : broughtUpToDate(remembered, stored);
  if (stored !== null) return stored;
  return found.ok && !mayBeInJournal(desk, wanted.loginId, desk.clock()) ? null : "unavailable";
}

/** Another gateway may have made the later tries of a login that was opened here. */
function broughtUpToDate(remembered: OpenLogin, stored: OpenLogin): OpenLogin {
  const { closed, attemptsUsed, pathEnded, fallbackReason } = stored;
  remembered.closed ||= closed;
  const isBehind = !remembered.pathEnded && attemptsUsed > remembered.attemptsUsed;
  return isBehind ? Object.assign(remembered, { attemptsUsed, pathEnded, fallbackReason }) : remembered;
}

/** What the last try says weighs more than what the application guesses, except where nothing was tried. */
function fallbackReason(desk: LoginDesk, login: OpenLogin, told: LegacyReason | null): FallbackReason {
  if (login.fallbackReason !== null && login.pathEnded) return login.fallbackReason;
  if (told !== null && told !== "told_to") return told;
  if (login.fallbackReason !== null) return login.fallbackReason;
  return desk.control.intent().halted ? "halted" : (told ?? "not_finished");
}
