import { and, eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { people } from "#db/schema/people.ts";
import { requestRecipients } from "#db/schema/requests.ts";
import { isHeldBack } from "#lib/holds/queries.ts";
import { newIdAt } from "#lib/ids.ts";
import { type AdvanceResult, advanceRequest, type Mover, type Seen } from "./advance-request.ts";
import { composePreview } from "./compose-preview.ts";
import { findRequestLocked } from "./queries.ts";
import { mayAssess } from "./rules.ts";
import type { NewRecipient } from "./schema.ts";
import type { DenialGround } from "./types.ts";

export type Decision = Seen & {
  assessment: string;
  /** Of the preview the assessor saw. */
  previewDigest: string;
  /** Why it should be denied; null where it should be granted. */
  denialGround: DenialGround | null;
  /** Who else got the data and is told once it is done; of a denial nobody is. */
  recipients?: readonly NewRecipient[];
  /** Where the installation proposes by a rule: the member who saved it, and who therefore does not decide. */
  assessedBy?: string;
};

/**
 * Puts a decision before the second person: to grant or to deny, with the preview exactly as it was assessed, the legal
 * basis of the record as it was then, and who else is told. Refuses `not_your_role`, `preview_changed` where it is no
 * longer what the assessor saw, and `on_hold` to grant an erasure of a person under a legal hold. Audits `request.propose`.
 */
export function proposeDecision(
  db: DatabaseOrTransaction,
  { assessment, previewDigest, denialGround, recipients = [], assessedBy, ...seen }: Decision,
  by: Mover,
  at: Date,
): Promise<AdvanceResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    const request = await findRequestLocked(tx, seen.requestId);
    if (!request?.customId) return { ok: false, code: request ? "illegal_step" : "not_found" };
    const { right, customId } = request;
    const subject = { customId, key: by.auditKey };
    const { preview, digest } = await composePreview(tx, request, subject);
    const proposal = denialGround === null ? "grant" : "deny";
    const isOnHold = proposal === "grant" && (await isHeldBack(tx, { right, customId }));
    const legalBasis = await findLegalBasis(tx, customId);
    const done = await advanceRequest(
      tx,
      seen,
      {
        act: "propose",
        refuse: () => {
          if (!mayAssess(by.actor.role, request)) return "not_your_role";
          return isOnHold ? "on_hold" : digest === previewDigest ? null : "preview_changed";
        },
        set: () => ({
          proposal,
          denialGround,
          assessment,
          legalBasis,
          preview,
          previewDigest,
          assessedBy: assessedBy ?? by.actor.id,
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
    if (done.ok) await putRecipients(tx, seen.requestId, proposal === "grant" ? recipients : [], at);
    return done;
  });
}

async function findLegalBasis(tx: DatabaseOrTransaction, customId: string) {
  const [person] = await tx
    .select({ legalBasis: people.legalBasis })
    .from(people)
    .where(eq(people.customId, customId));
  return person?.legalBasis ?? null;
}

/** Those of an earlier assessment go, but for who was told or excused already. */
async function putRecipients(
  tx: DatabaseOrTransaction,
  requestId: string,
  recipients: readonly NewRecipient[],
  at: Date,
): Promise<void> {
  const { requestId: ofRequest, state } = requestRecipients;
  await tx.delete(requestRecipients).where(and(eq(ofRequest, requestId), eq(state, "to_tell")));
  if (recipients.length === 0) return;
  const rows = recipients.map((recipient) => ({
    ...recipient,
    id: newIdAt(at),
    requestId,
    state: "to_tell" as const,
  }));
  await tx.insert(requestRecipients).values(rows);
}
