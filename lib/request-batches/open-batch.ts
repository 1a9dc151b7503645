import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { requestBatches, requestBatchRows } from "#db/schema/request-batches.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { earliestDeadline } from "#lib/deadlines/rules.ts";
import type { Regime } from "#lib/deadlines/types.ts";
import { newIdAt } from "#lib/ids.ts";
import { nextNumber } from "#lib/requests/open-request.ts";
import type { Channel, IdentityMethod, Right } from "#lib/requests/types.ts";
import { keptFileName } from "./schema.ts";
import type { ListedRow } from "./types.ts";

/** Of one statement: four values a row, far below what PostgreSQL takes. */
const ROWS_AT_ONCE = 2_000;

export type NewBatch = {
  fileName: string;
  sha256: string;
  rows: readonly ListedRow[];
  right: Right;
  regimes: Regime[];
  channel: Channel;
  receivedAt: Date;
  identityMethod: IdentityMethod;
};

export type OpenBatchResult =
  | { ok: true; batchId: string; name: string }
  | { ok: false; code: "received_in_future" };

/**
 * Takes in a list of people who asked for the same: its rows are kept unread, and the worker checks them. Nothing is
 * done for anybody yet. Audits `request_batch.open`.
 */
export function openBatch(
  db: DatabaseOrTransaction,
  { rows, sha256, fileName, ...asked }: NewBatch,
  { actor, timeZone }: { actor: Extract<Actor, { id: string }>; timeZone: string },
  at: Date,
): Promise<OpenBatchResult> {
  const { right, regimes, receivedAt } = asked;
  if (receivedAt > at) return Promise.resolve({ ok: false, code: "received_in_future" });
  return joinOrOpenTransaction(db, async (tx) => {
    const batchId = newIdAt(at);
    const name = await nextNumber(tx, "BULK", at);
    const clock = { receivedAt, extendedAt: null, identityQuestions: [] };
    await tx.insert(requestBatches).values({
      ...asked,
      id: batchId,
      name,
      state: "checking",
      fileName: keptFileName(fileName),
      fileSha256: sha256,
      rows: rows.length,
      dueAt: earliestDeadline(right, regimes, clock, { now: at, timeZone }).overdueFrom,
      openedBy: actor.id,
      openedAt: at,
    });
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const some = rows.slice(from, from + ROWS_AT_ONCE);
      await tx
        .insert(requestBatchRows)
        .values(some.map((row) => ({ ...row, batchId, state: "unread" as const })));
    }
    await recordAudit(tx, {
      action: "request_batch.open",
      actor,
      at,
      entity: { type: "request_batch", id: batchId },
      details: { name, right, rows: rows.length, fileSha256: sha256 },
    });
    return { ok: true, batchId, name };
  });
}
