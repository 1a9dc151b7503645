import { and, eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { requestRecipients } from "#db/schema/requests.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Mover, RequestRefusal } from "./advance-request.ts";
import { findRequestLocked } from "./queries.ts";
import { isSettlable } from "./rules.ts";
import { REQUESTS_CHANNEL } from "./types.ts";

export type SettledRecipient = {
  requestId: string;
  recipientId: string;
  state: "told" | "excused";
  /** How they were told, where there is something to say; why they need not be. */
  note: string | null;
};

type Result =
  | { ok: true }
  | { ok: false; code: Extract<RequestRefusal, "not_found" | "stale_version" | "illegal_step"> };

/**
 * Whoever else got the data was told, or need not be: the last thing a request may wait for, so the worker looks again.
 * A recipient is settled once; the later of two is told `stale_version`. Refuses `illegal_step` before the decision and
 * after the end. Audits `request.settle_recipient`.
 */
export function settleRecipient(
  db: DatabaseOrTransaction,
  { requestId, recipientId, state, note }: SettledRecipient,
  { actor, auditKey }: Mover,
  at: Date,
): Promise<Result> {
  return joinOrOpenTransaction(db, async (tx): Promise<Result> => {
    const request = await findRequestLocked(tx, requestId);
    if (request === null) return { ok: false, code: "not_found" };
    const { customId } = request;
    if (customId === null || !isSettlable(request.state, state)) return { ok: false, code: "illegal_step" };
    const { id, requestId: ofRequest } = requestRecipients;
    const isIt = and(eq(id, recipientId), eq(ofRequest, requestId));
    const [found] = await tx.select({ state: requestRecipients.state }).from(requestRecipients).where(isIt);
    if (!found) return { ok: false, code: "not_found" };
    if (found.state !== "to_tell") return { ok: false, code: "stale_version" };
    // What was said when they were named stays where nothing is said now.
    const said = note === null ? {} : { note };
    await tx
      .update(requestRecipients)
      .set({ ...said, state, settledBy: actor.id, settledAt: at })
      .where(isIt);
    await recordAudit(tx, {
      action: "request.settle_recipient",
      actor,
      at,
      entity: { type: "request", id: requestId },
      subject: { customId, key: auditKey },
      details: { recipientId, state },
    });
    await tx.execute(sql`select pg_notify(${REQUESTS_CHANNEL}, '')`);
    return { ok: true };
  });
}
