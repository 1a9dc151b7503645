import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { noteProof } from "./note-proof.ts";
import { isPasswordOf } from "./passwords.ts";
import { lockMember } from "./queries.ts";
import { refuseProof } from "./refuse-proof.ts";
import { takeCode } from "./take-code.ts";
import { type FailureSubject, forgetFailures, takePlace } from "./throttle.ts";
import type { ProofResult, Viewer } from "./types.ts";

type Prover = Pick<Viewer, "memberId" | "sessionId" | "role">;
type Attempt = { typed: string; subjects: FailureSubject[]; memberKey: Uint8Array };

/**
 * Proves anew that the session is in its member's hands: by a code or recovery code where they have a code app, else by
 * the password. For the next minutes dangerous acts go on without asking. Wrong proofs make the next one wait.
 * Audits session.step_up or session.refuse_step_up.
 */
export async function proveSession(
  db: DatabaseOrTransaction,
  { typed, subjects, memberKey }: Attempt,
  viewer: Prover,
  at: Date,
): Promise<ProofResult> {
  const place = await takePlace(db, subjects, at);
  if (place.waitSeconds > 0) {
    await refuseProof(db, viewer, "throttled", at);
    return { proved: false, code: "throttled", waitSeconds: place.waitSeconds };
  }
  return joinOrOpenTransaction(db, async (tx) => {
    const { memberId, role } = viewer;
    const member = await lockMember(tx, memberId);
    const byPassword = async () =>
      (await isPasswordOf(member?.passwordHash ?? null, typed)) ? ("password" as const) : null;
    const provedWith = member?.hasCodeApp
      ? await takeCode(tx, { memberId, role, memberKey, typed }, at)
      : await byPassword();
    if (provedWith === null) {
      await refuseProof(tx, viewer, "wrong", at);
      return { proved: false, code: "wrong" } as const;
    }
    await forgetFailures(tx, subjects, place);
    await noteProof(tx, viewer, provedWith, at);
    return { proved: true, with: provedWith } as const;
  });
}
