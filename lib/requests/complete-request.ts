import { asc, eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { requestAttempts, requestReceipts, requestRecipients } from "#db/schema/requests.ts";
import { noteErased } from "#lib/ledger/note-erased.ts";
import type { ErasureLedger } from "#lib/ledger/types.ts";
import { composeReceipt } from "#lib/receipts/compose-receipt.ts";
import { type AdvanceResult, advanceRequest, type Mover, type Seen } from "./advance-request.ts";
import { forgetPerson } from "./forget-person.ts";
import { findRequestLocked, type RequestRow } from "./queries.ts";
import { isErasing } from "./rules.ts";

type World = Mover & { ledger: Pick<ErasureLedger, "refOf" | "appendErasure">; timeZone: string };

export type CompleteResult = AdvanceResult | { ok: false; code: "waits_for_recipients" };

/**
 * Ends a request that was carried out and proven: the person is forgotten where that was asked, the receipt is fixed, and
 * its digest stands in the log, all in one transaction. That somebody was erased stands in the ledger outside the database
 * before it is committed: a crash between the two leaves a line too many, never one too few. Refuses `waits_for_recipients` while somebody
 * else is still to be told. Throws what the ledger's disk throws. Audits `request.complete`.
 */
export async function completeRequest(
  db: DatabaseOrTransaction,
  request: Pick<RequestRow, "id" | "version" | "right" | "customId" | "protocol">,
  by: World,
  at: Date,
): Promise<CompleteResult> {
  const { id: requestId, version, right, customId, protocol } = request;
  if (customId === null) return { ok: false, code: "illegal_step" };
  if (await hasRecipientsToTell(db, requestId)) return { ok: false, code: "waits_for_recipients" };
  return joinOrOpenTransaction(db, async (tx) => {
    // Held before anything goes: of two who complete it at once the second finds another version.
    const held = await findRequestLocked(tx, requestId);
    if (held?.version !== version || held.state !== "verifying") return { ok: false, code: "stale_version" };
    // Not before it is held: a line of who comes late would stand after the person's next enrolment, and undo that.
    if (isErasing(right)) await by.ledger.appendErasure({ customId, requestId, protocol, at });
    return end(tx, { requestId, version }, { ...held, customId }, by, at);
  });
}

async function end(
  tx: DatabaseOrTransaction,
  seen: Seen,
  request: RequestRow & { customId: string },
  by: World,
  at: Date,
): Promise<AdvanceResult> {
  const attempts = await tx
    .select()
    .from(requestAttempts)
    .where(eq(requestAttempts.requestId, request.id))
    .orderBy(asc(requestAttempts.number));
  const recipients = await tx
    .select()
    .from(requestRecipients)
    .where(eq(requestRecipients.requestId, request.id));
  const { body, digest } = composeReceipt({ request, attempts, recipients, at, timeZone: by.timeZone });
  if (isErasing(request.right)) {
    await forgetPerson(tx, request.customId, by, at);
    await noteErased(tx, by.ledger.refOf(request.customId), at);
  }
  await tx
    .insert(requestReceipts)
    .values({ requestId: request.id, round: request.round, body, digest, madeAt: at });
  return advanceRequest(
    tx,
    seen,
    {
      act: "complete",
      set: () => ({ failures: 0, nextTryAt: null }),
      audit: (facts, { states }) => ({
        ...facts,
        action: "request.complete",
        details: { ...states, receiptDigest: digest },
      }),
    },
    by,
    at,
  );
}

async function hasRecipientsToTell(db: DatabaseOrTransaction, requestId: string): Promise<boolean> {
  const rows = await db
    .select({ state: requestRecipients.state })
    .from(requestRecipients)
    .where(eq(requestRecipients.requestId, requestId));
  return rows.some(({ state }) => state === "to_tell");
}
