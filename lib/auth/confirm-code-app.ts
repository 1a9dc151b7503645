import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { memberCodeApps } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { endSessions } from "#lib/members/end-sessions.ts";
import { stepOfCode } from "./code-app.ts";
import { createRecoveryCodes } from "./create-recovery-codes.ts";
import { sealFor } from "./member-seal.ts";
import { noteProof } from "./note-proof.ts";
import { readOffer } from "./offer-code-app.ts";
import { lockMember } from "./queries.ts";
import { isProofFresh } from "./rules.ts";
import type { Viewer } from "./types.ts";

type Confirmation = { sealed: string; code: string; memberKey: Uint8Array; replaces: boolean };

export type ConfirmCodeAppResult =
  | { ok: true; recoveryCodes: string[] }
  /** There is an app already, or none to replace: somebody was quicker in another window. */
  | { ok: false; code: "stale" }
  /** A first app is set up only by who has lately proved who they are: a session alone may be a stolen one. */
  | { ok: false; code: "proof_required" }
  | { ok: false; code: "offer_expired" | "wrong_code" };

/**
 * Puts the offered code app in force once it has shown a code, and makes recovery codes that replace what there was.
 * The session counts as proved. Where it replaces an app, the member's other sessions end.
 * Audits code_app.set_up or code_app.replace, recovery_code.create and session.step_up.
 */
export function confirmCodeApp(
  db: DatabaseOrTransaction,
  { sealed, code, memberKey, replaces }: Confirmation,
  viewer: Pick<Viewer, "memberId" | "sessionId" | "role" | "proof">,
  at: Date,
): Promise<ConfirmCodeAppResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    const { memberId, sessionId, role, proof } = viewer;
    if (!isProofFresh(proof, at)) return { ok: false, code: "proof_required" } as const;
    const secret = readOffer(memberKey, sessionId, sealed, at);
    if (secret === null) return { ok: false, code: "offer_expired" } as const;
    const step = stepOfCode(secret, code.replaceAll(/\s/g, ""), at);
    if (step === null) return { ok: false, code: "wrong_code" } as const;
    const member = await lockMember(tx, memberId);
    if (member?.hasCodeApp !== replaces) return { ok: false, code: "stale" } as const;
    const app = {
      secretSealed: sealFor(memberKey, "code_app", memberId, secret),
      createdAt: at,
      confirmedAt: at,
      lastStep: step,
    };
    await tx
      .insert(memberCodeApps)
      .values({ memberId, ...app })
      .onConflictDoUpdate({ target: memberCodeApps.memberId, set: app });
    const about = { actor: { id: memberId, role }, at, entity: { type: "code_app", id: memberId } } as const;
    if (replaces) {
      const others = { memberId, exceptSessionId: sessionId };
      const { ended: endedSessions } = await endSessions(tx, others, about.actor, at);
      await recordAudit(tx, { action: "code_app.replace", ...about, details: { endedSessions } });
    } else await recordAudit(tx, { action: "code_app.set_up", ...about, details: {} });
    await noteProof(tx, viewer, "totp", at);
    const made = await createRecoveryCodes(tx, memberKey, viewer, at);
    return made.ok ? { ok: true, recoveryCodes: made.codes } : ({ ok: false, code: "stale" } as const);
  });
}
