import { and, asc, eq, inArray } from "drizzle-orm";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { withdrawRequest } from "#lib/requests/withdraw-request.ts";
import { closeBatch } from "./close-batch.ts";
import { type BatchRow, findActor } from "./queries.ts";
import type { BatchDesk } from "./types.ts";

const REQUESTS_AT_ONCE = 100;
const WITHDRAWABLE = ["received", "in_review", "awaiting_approval", "scheduled"] as const;

/**
 * Withdraws the next requests of a list that was taken back, in the name of whoever took it back, and closes the list
 * after the last one. Those that are being carried out go on to their end. Says whether there is more.
 */
export async function withdrawRequests(desk: BatchDesk, batch: BatchRow): Promise<boolean> {
  const actor = await findActor(desk.db, batch.id, "request_batch.withdraw");
  if (actor === null) throw new Error(`Nobody withdrew the list ${batch.name}.`);
  const requests = await desk.db
    .select({ requestId: dataRequests.id, version: dataRequests.version })
    .from(dataRequests)
    .where(and(eq(dataRequests.batchId, batch.id), inArray(dataRequests.state, [...WITHDRAWABLE])))
    .orderBy(asc(dataRequests.id))
    .limit(REQUESTS_AT_ONCE);
  const by = { actor, auditKey: desk.auditKey };
  for (const seen of requests) {
    if (desk.signal.aborted) return false;
    // One that moved meanwhile is met again by the next turn, or is being carried out.
    await withdrawRequest(desk.db, { ...seen, reason: batch.name }, by, desk.clock());
  }
  if (requests.length > 0) return true;
  await joinOrOpenTransaction(desk.db, (tx) => closeBatch(tx, batch, desk.clock()));
  return false;
}
