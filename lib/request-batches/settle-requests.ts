import { and, asc, eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { settleDecision } from "#lib/requests/settle-decision.ts";
import { advanceBatch } from "./advance-batch.ts";
import { type BatchRow, findActor, findBatchShared, findWhyKept } from "./queries.ts";
import { releaseRequest } from "./release-request.ts";
import type { BatchDesk } from "./types.ts";

const REQUESTS_AT_ONCE = 100;
const SYSTEM = { id: null, role: "system" } as const;

/**
 * Settles the next requests of an approved list in the name of whoever approved it, each in a transaction of its own.
 * One whose preview is no longer the one that was assessed, or that meets a hold, goes back to review and on alone; of a list
 * by retention, who was active again or asked for something stays. With
 * the last one the list runs. Says whether there is more.
 */
export async function settleRequests(desk: BatchDesk, batch: BatchRow): Promise<boolean> {
  const requests = await desk.db
    .select({ requestId: dataRequests.id })
    .from(dataRequests)
    .where(and(eq(dataRequests.batchId, batch.id), eq(dataRequests.state, "awaiting_approval")))
    .orderBy(asc(dataRequests.id))
    .limit(REQUESTS_AT_ONCE);
  if (requests.length === 0) {
    await joinOrOpenTransaction(desk.db, (tx) =>
      advanceBatch(tx, { batchId: batch.id, version: batch.version }, { act: "start" }),
    );
    return false;
  }
  const actor = await findActor(desk.db, batch.id, "request_batch.approve");
  if (actor === null) throw new Error(`Nobody approved the list ${batch.name}.`);
  for (const { requestId } of requests) {
    if (desk.signal.aborted) return false;
    const by = { actor, auditKey: desk.auditKey };
    await joinOrOpenTransaction(desk.db, (tx) => settleOne(tx, desk, { batchId: batch.id, requestId }, by));
  }
  return true;
}

async function settleOne(
  tx: DatabaseOrTransaction,
  { clock, delayHours, auditKey }: BatchDesk,
  { batchId, requestId }: { batchId: string; requestId: string },
  by: Parameters<typeof settleDecision>[2],
) {
  const batch = await findBatchShared(tx, batchId);
  const [request] = await tx.select().from(dataRequests).where(eq(dataRequests.id, requestId)).for("update");
  if (batch?.state !== "approving" || request?.state !== "awaiting_approval") return;
  const at = clock();
  const seen = { requestId, version: request.version };
  const kept = await findWhyKept(tx, batch, { customId: request.customId ?? "", requestId });
  if (kept !== null) {
    const system = { actor: SYSTEM, auditKey };
    await releaseRequest(tx, batch, { ...seen, reason: kept.trouble }, system, at);
    return;
  }
  const approval = {
    ...seen,
    batchId,
    previewDigest: request.previewDigest ?? "",
    delayHours,
    isSingleControl: batch.isSingleControl,
  };
  const settled = await settleDecision(tx, approval, by, at);
  if (!settled.ok)
    await releaseRequest(tx, batch, { ...seen, reason: settled.code }, { actor: SYSTEM, auditKey }, at);
}
