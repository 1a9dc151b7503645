import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { isPasswordOf } from "./passwords.ts";
import { findCredentials, lockMember } from "./queries.ts";
import { refuseSession } from "./refuse-session.ts";
import { makeChallenge } from "./sign-in-challenge.ts";
import { startSession } from "./start-session.ts";
import { type FailureSubject, forgetFailures, takePlace } from "./throttle.ts";

export type OpenSessionResult =
  | { ok: true; sessionId: string; memberId: string }
  | { ok: false; code: "wrong_credentials" }
  /** The password was right; the code app's code is asked for next, together with the challenge. */
  | { ok: false; code: "code_required"; challenge: string }
  | { ok: false; code: "throttled"; waitSeconds: number };

type Attempt = { email: string; password: string; subjects: FailureSubject[]; memberKey: Uint8Array };

/**
 * Opens a session for the member whose password this is; where they have a code app, only a challenge for its code.
 * Unknown address, wrong password and disabled account answer alike and take the same work; too many failures answer
 * `throttled` without looking at the password. Audits session.open, session.ask_code or session.refuse.
 */
export async function openSession(
  db: DatabaseOrTransaction,
  attempt: Attempt,
  at: Date,
): Promise<OpenSessionResult> {
  const place = await takePlace(db, attempt.subjects, at);
  if (place.waitSeconds > 0) {
    await refuseSession(db, null, "throttled", at);
    return { ok: false, code: "throttled", waitSeconds: place.waitSeconds };
  }
  const member = await findCredentials(db, attempt.email);
  const matches = await isPasswordOf(member?.passwordHash ?? null, attempt.password);
  if (!member || !matches || member.disabledAt) {
    await refuseSession(db, member?.id ?? null, matches ? "disabled" : "wrong_credentials", at);
    return { ok: false, code: "wrong_credentials" };
  }
  return joinOrOpenTransaction(db, async (tx) => {
    // The account may have been disabled, and the password changed, while the password was being checked.
    const current = await lockMember(tx, member.id);
    if (!current || current.disabledAt || current.passwordHash !== member.passwordHash) {
      await refuseSession(tx, member.id, "disabled", at);
      return { ok: false, code: "wrong_credentials" } as const;
    }
    await forgetFailures(tx, attempt.subjects, place);
    const { id: memberId, role } = current;
    if (current.hasCodeApp) {
      const challenge = makeChallenge(attempt.memberKey, current, at);
      await recordAudit(tx, {
        action: "session.ask_code",
        actor: { id: memberId, role },
        at,
        entity: { type: "session", id: null },
        details: { memberId },
      });
      return { ok: false, code: "code_required", challenge } as const;
    }
    const sessionId = await startSession(tx, { memberId, role, provedWith: "password" }, at);
    return { ok: true, sessionId, memberId } as const;
  });
}
