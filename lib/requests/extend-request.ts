import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { earliestDeadline } from "#lib/deadlines/rules.ts";
import type { Mover, Seen } from "./advance-request.ts";
import { findRequestLocked } from "./queries.ts";
import { clockOf } from "./rules.ts";

export type ExtendResult =
  | { ok: true; dueAt: Date }
  | { ok: false; code: "not_found" | "stale_version" | "closed" | "extended_already" | "no_extension" };

/**
 * Puts the answer off, once, where the law lets it and the first term has not passed; the person is told the reason.
 * Refuses `no_extension` where the earliest deadline would not move. Audits `request.extend`.
 */
export function extendRequest(
  db: DatabaseOrTransaction,
  { requestId, version, reason }: Seen & { reason: string },
  { actor, auditKey, timeZone }: Mover & { timeZone: string },
  at: Date,
): Promise<ExtendResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    const request = await findRequestLocked(tx, requestId);
    if (request === null) return { ok: false, code: "not_found" };
    if (request.version !== version) return { ok: false, code: "stale_version" };
    const { customId, right, regimes, dueAt: before } = request;
    if (customId === null) return { ok: false, code: "closed" };
    if (request.extendedAt !== null) return { ok: false, code: "extended_already" };
    const clock = clockOf({ ...request, extendedAt: at });
    const { overdueFrom: dueAt } = earliestDeadline(right, regimes, clock, { now: at, timeZone });
    if (dueAt <= before) return { ok: false, code: "no_extension" };
    await tx
      .update(dataRequests)
      .set({ extendedAt: at, extensionReason: reason, dueAt, version: version + 1 })
      .where(eq(dataRequests.id, requestId));
    await recordAudit(tx, {
      action: "request.extend",
      actor,
      at,
      entity: { type: "request", id: requestId },
      subject: { customId, key: auditKey },
      details: { before: before.toISOString(), after: dueAt.toISOString(), reason },
    });
    return { ok: true, dueAt };
  });
}
