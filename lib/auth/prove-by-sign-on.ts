import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { noteProof } from "./note-proof.ts";
import { readViewer } from "./read-viewer.ts";
import { refuseProof } from "./refuse-proof.ts";
import { findMemberId } from "./sign-on.ts";
import type { Claims, StepUpRefusal } from "./types.ts";

export type ProveBySignOnResult =
  | { ok: true; sessionId: string; memberId: string }
  | { ok: false; code: Extract<StepUpRefusal, "other_identity" | "stale_sign_on"> | "signed_out" };

/** A provider's clock may be this far behind ours. */
const SKEW_MS = 30_000;

/**
 * Takes a sign-on at the provider as the proof that a session asked for: of the session's own member, and newer than
 * the asking. Audits session.step_up or session.refuse_step_up.
 */
export function proveBySignOn(
  db: DatabaseOrTransaction,
  claims: Claims,
  asked: { sessionId: string; at: Date },
  now: Date,
): Promise<ProveBySignOnResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    const found = await readViewer(tx, asked.sessionId, now);
    if (!found.ok) return { ok: false, code: "signed_out" } as const;
    const { sessionId, memberId } = found.viewer;
    const isOwn = (await findMemberId(tx, claims)) === memberId;
    const isFresh = claims.authTime !== null && claims.authTime.getTime() >= asked.at.getTime() - SKEW_MS;
    if (!isOwn || !isFresh) {
      const code = isOwn ? "stale_sign_on" : "other_identity";
      await refuseProof(tx, found.viewer, code, now);
      return { ok: false, code } as const;
    }
    await noteProof(tx, found.viewer, "single_sign_on", now);
    return { ok: true, sessionId, memberId } as const;
  });
}
