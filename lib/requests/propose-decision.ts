import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { isHeldBack } from "#lib/holds/queries.ts";
import { type AdvanceResult, advanceRequest, type Mover, type Seen } from "./advance-request.ts";
import { composePreview } from "./compose-preview.ts";
import { findRequestLocked } from "./queries.ts";
import type { DenialGround } from "./types.ts";

export type Decision = Seen & {
  assessment: string;
  /** Of the preview the assessor saw. */
  previewDigest: string;
  /** Why it should be denied; null where it should be granted. */
  denialGround: DenialGround | null;
};

/**
 * Puts a decision before the second person: to grant or to deny, with the preview exactly as it was assessed. Refuses
 * `preview_changed` where it is no longer what the assessor saw, and `on_hold` to grant an erasure of a person under a
 * legal hold. Audits `request.propose`.
 */
export function proposeDecision(
  db: DatabaseOrTransaction,
  { assessment, previewDigest, denialGround, ...seen }: Decision,
  by: Mover,
  at: Date,
): Promise<AdvanceResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    const request = await findRequestLocked(tx, seen.requestId);
    if (!request?.customId) return { ok: false, code: request ? "illegal_step" : "not_found" };
    const { right, customId } = request;
    const subject = { customId, key: by.auditKey };
    const { preview, digest } = await composePreview(tx, right, subject);
    const proposal = denialGround === null ? "grant" : "deny";
    const isOnHold = proposal === "grant" && (await isHeldBack(tx, { right, customId }));
    return advanceRequest(
      tx,
      seen,
      {
        act: "propose",
        refuse: () => (isOnHold ? "on_hold" : digest === previewDigest ? null : "preview_changed"),
        set: () => ({
          proposal,
          denialGround,
          assessment,
          preview,
          previewDigest,
          assessedBy: by.actor.id,
          assessedAt: at,
        }),
        audit: (facts, { states }) => ({
          ...facts,
          action: "request.propose",
          details: { ...states, proposal, previewDigest, denialGround },
        }),
      },
      by,
      at,
    );
  });
}
