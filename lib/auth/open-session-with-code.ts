import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { lockMember } from "./queries.ts";
import { refuseSession } from "./refuse-session.ts";
import { type Challenge, isChallengeOf, readChallenge } from "./sign-in-challenge.ts";
import { startSession } from "./start-session.ts";
import { takeCode } from "./take-code.ts";
import { type FailureSubject, forgetFailures, takePlace } from "./throttle.ts";

export type OpenWithCodeResult =
  | { ok: true; sessionId: string; memberId: string; email: string }
  /** The challenge is too old, or the account has changed since: the sign-in begins anew. */
  | { ok: false; code: "challenge_expired" }
  | { ok: false; code: "wrong_code" }
  | { ok: false; code: "throttled"; waitSeconds: number };

type Attempt = {
  challenge: string;
  typed: string;
  memberKey: Uint8Array;
  /** Whom a wrong code is counted against, once it is known whose challenge it is. */
  subjectsOf(challenge: Challenge): FailureSubject[];
};

/**
 * Opens a session for the member whose password was right just now, and whose code or recovery code this is. Whoever
 * tries codes knows the password already, so wrong ones are counted by themselves, with longer waits.
 * Audits session.open or session.refuse.
 */
export async function openSessionWithCode(
  db: DatabaseOrTransaction,
  { challenge: sealed, typed, memberKey, subjectsOf }: Attempt,
  at: Date,
): Promise<OpenWithCodeResult> {
  const challenge = readChallenge(memberKey, sealed, at);
  if (challenge === null) return { ok: false, code: "challenge_expired" };
  const { memberId } = challenge;
  const subjects = subjectsOf(challenge);
  const place = await takePlace(db, subjects, at);
  if (place.waitSeconds > 0) {
    await refuseSession(db, memberId, "throttled", at);
    return { ok: false, code: "throttled", waitSeconds: place.waitSeconds };
  }
  return joinOrOpenTransaction(db, async (tx) => {
    const member = await lockMember(tx, memberId);
    if (!member || member.disabledAt || !isChallengeOf(memberKey, challenge, member)) {
      await refuseSession(tx, memberId, "disabled", at);
      return { ok: false, code: "challenge_expired" } as const;
    }
    const { role, email } = member;
    const provedWith = await takeCode(tx, { memberId, role, memberKey, typed }, at);
    if (provedWith === null) {
      await refuseSession(tx, memberId, "wrong_code", at);
      return { ok: false, code: "wrong_code" } as const;
    }
    await forgetFailures(tx, subjects, place);
    return {
      ok: true,
      sessionId: await startSession(tx, { memberId, role, provedWith }, at),
      memberId,
      email,
    } as const;
  });
}
