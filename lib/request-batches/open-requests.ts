import { and, asc, eq, lt } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { requestBatchRows } from "#db/schema/request-batches.ts";
import { dataRequests } from "#db/schema/requests.ts";
import type { Mover } from "#lib/requests/advance-request.ts";
import { composePreview } from "#lib/requests/compose-preview.ts";
import { confirmIdentity } from "#lib/requests/confirm-identity.ts";
import { openRequest } from "#lib/requests/open-request.ts";
import { proposeDecision } from "#lib/requests/propose-decision.ts";
import { findPersonId, findRequest, type RequestRow } from "#lib/requests/queries.ts";
import { isRuled } from "#lib/requests/rules.ts";
import { sendBackRequest } from "#lib/requests/send-back-request.ts";
import type { BatchTrouble } from "#lib/requests/types.ts";
import { type BatchRow, findAssessor, findBatchShared, findWhyKept, listLaws } from "./queries.ts";
import { releaseRequest } from "./release-request.ts";
import type { BatchDesk } from "./types.ts";

const ROWS_AT_ONCE = 100;

/** Whoever assessed the list, as the log named them then; what is done for its people is done by them. */
type Assessor = Mover & { timeZone: string };

/** Why a row became no request after all. */
class LeftOut extends Error {
  constructor(
    readonly trouble: BatchTrouble,
    readonly fact: string | null = null,
  ) {
    super(trouble);
  }
}

/**
 * Lets the next good rows of an assessed list become requests, each opened, with its identity confirmed and proposed, in
 * a transaction of its own: cut off anywhere, no row is opened twice and none is lost. A row that no longer can is left
 * out and says why. Requests proposed before the list was assessed anew are proposed anew. Says whether there is more.
 */
export async function openRequests(desk: BatchDesk, batch: BatchRow): Promise<boolean> {
  const by = { actor: await findAssessor(desk.db, batch), auditKey: desk.auditKey, timeZone: desk.timeZone };
  const lines = await desk.db
    .select({ line: requestBatchRows.line })
    .from(requestBatchRows)
    .where(and(eq(requestBatchRows.batchId, batch.id), eq(requestBatchRows.state, "good")))
    .orderBy(asc(requestBatchRows.line))
    .limit(ROWS_AT_ONCE);
  for (const { line } of lines) {
    if (desk.signal.aborted) return false;
    await openRow(desk, { batchId: batch.id, line }, by);
  }
  if (lines.length > 0) return true;
  return proposeAnew(desk, batch, by);
}

function openRow(desk: BatchDesk, { batchId, line }: { batchId: string; line: number }, by: Assessor) {
  return joinOrOpenTransaction(desk.db, async (tx) => {
    const batch = await findBatchShared(tx, batchId);
    const isIt = and(eq(requestBatchRows.batchId, batchId), eq(requestBatchRows.line, line));
    const [row] = await tx.select().from(requestBatchRows).where(isIt).for("update");
    if (batch?.state !== "opening" || row?.state !== "good" || row.customId === null) return;
    const { customId } = row;
    try {
      const requestId = await joinOrOpenTransaction(tx, (step) =>
        openOne(step, batch, customId, by, desk.clock()),
      );
      await tx.update(requestBatchRows).set({ state: "opened", requestId, customId: null }).where(isIt);
    } catch (error) {
      if (!(error instanceof LeftOut)) throw error;
      const { trouble, fact } = error;
      await tx.update(requestBatchRows).set({ state: "left_out", trouble, fact }).where(isIt);
    }
  });
}

async function openOne(tx: DatabaseOrTransaction, batch: BatchRow, customId: string, by: Assessor, at: Date) {
  const { right, regimes, channel, receivedAt, identityMethod, id: batchId } = batch;
  if ((await findPersonId(tx, customId)) === null) throw new LeftOut("not_known_here");
  const kept = await findWhyKept(tx, batch, { customId, requestId: null });
  if (kept !== null) throw new LeftOut(kept.trouble, kept.fact);
  const input = { customId, right, regimes, channel, receivedAt };
  const opener = { actor: by.actor, applicationId: null, batchId };
  const opened = await openRequest(
    tx,
    isRuled(channel) ? { ...input, regimes: await listLaws(tx, customId) } : input,
    isRuled(channel)
      ? { ...opener, deletionReason: channel === "retention" ? "retention_passed" : "rolled_back" }
      : opener,
    by,
    at,
  );
  if (!opened.ok)
    throw opened.code === "open_already"
      ? new LeftOut("open_request", opened.protocol)
      : new LeftOut("refused", opened.code);
  const { requestId } = opened;
  if (identityMethod === null) {
    const request = await findRequest(tx, requestId);
    if (request === null) throw new Error("A request that was just opened is gone.");
    await proposeOne(tx, request, batch, by, at);
    return requestId;
  }
  const confirmed = await confirmIdentity(tx, { requestId, version: 1, method: identityMethod }, by, at);
  if (!confirmed.ok) throw new LeftOut("refused", confirmed.code);
  await proposeOne(tx, confirmed.request, batch, by, at);
  return requestId;
}

async function proposeOne(
  tx: DatabaseOrTransaction,
  request: RequestRow,
  { assessment, assessedBy, channel }: BatchRow,
  by: Assessor,
  at: Date,
) {
  const { id: requestId, version, customId } = request;
  const subject = { customId: customId ?? "", key: by.auditKey };
  const { digest: previewDigest } = await composePreview(tx, request, subject);
  const decision = { requestId, version, assessment: assessment ?? "", previewDigest, denialGround: null };
  const rule = !isRuled(channel) || assessedBy === null ? {} : { assessedBy };
  const proposed = await proposeDecision(tx, { ...decision, ...rule }, by, at);
  if (!proposed.ok)
    throw proposed.code === "on_hold" ? new LeftOut("on_hold") : new LeftOut("refused", proposed.code);
}

/** A request that can no longer be proposed goes back to review and on alone. */
async function proposeAnew(desk: BatchDesk, { id, assessedAt }: BatchRow, by: Assessor): Promise<boolean> {
  if (assessedAt === null) return false;
  const stale = await desk.db
    .select({ id: dataRequests.id })
    .from(dataRequests)
    .where(
      and(
        eq(dataRequests.batchId, id),
        eq(dataRequests.state, "awaiting_approval"),
        lt(dataRequests.assessedAt, assessedAt),
      ),
    )
    .limit(ROWS_AT_ONCE);
  for (const request of stale) {
    if (desk.signal.aborted) return false;
    await joinOrOpenTransaction(desk.db, (tx) => proposeAgain(tx, desk, { batchId: id, ...request }, by));
  }
  return stale.length > 0;
}

async function proposeAgain(
  tx: DatabaseOrTransaction,
  desk: BatchDesk,
  { batchId, id: requestId }: { batchId: string; id: string },
  by: Assessor,
) {
  const batch = await findBatchShared(tx, batchId);
  const [request] = await tx.select().from(dataRequests).where(eq(dataRequests.id, requestId)).for("update");
  if (batch?.state !== "opening" || request?.state !== "awaiting_approval") return;
  const at = desk.clock();
  const seen = { requestId, version: request.version, reason: "assessed_anew" };
  const kept = await findWhyKept(tx, batch, { customId: request.customId ?? "", requestId });
  if (kept !== null) {
    await releaseRequest(tx, batch, { ...seen, reason: kept.trouble }, by, at);
    return;
  }
  try {
    await joinOrOpenTransaction(tx, async (step) => {
      const back = await sendBackRequest(step, { ...seen, staysInList: true }, by, at);
      if (back.ok) await proposeOne(step, back.request, batch, by, at);
    });
  } catch (error) {
    if (!(error instanceof LeftOut)) throw error;
    await releaseRequest(tx, batch, { ...seen, reason: error.trouble }, by, at);
  }
}
