import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { legalHolds } from "#db/schema/holds.ts";
import { people } from "#db/schema/people.ts";
import { requestBatchRows } from "#db/schema/request-batches.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { customIdSchema, foldCustomId } from "#lib/people/schema.ts";
import { isErasing } from "#lib/requests/rules.ts";
import type { BatchTrouble } from "#lib/requests/types.ts";
import { advanceBatch } from "./advance-batch.ts";
import { type BatchRow, findBatchLocked } from "./queries.ts";
import { WRITTEN_OTHERWISE } from "./rules.ts";

const ROWS_AT_ONCE = 500;

type Row = { line: number; customId: string };
type Verdict = { line: number; trouble: BatchTrouble | null; fact: string | null };

/**
 * Checks the next rows of a list that was handed in; with the last one the list is checked. One step that may be cut off
 * anywhere: what it did not finish it does again. Says whether there is more to do.
 */
export function checkRows(db: DatabaseOrTransaction, batchId: string): Promise<boolean> {
  return joinOrOpenTransaction(db, async (tx) => {
    const batch = await findBatchLocked(tx, batchId);
    if (batch?.state !== "checking") return false;
    const { line, customId, state } = requestBatchRows;
    const isOurs = eq(requestBatchRows.batchId, batchId);
    const rows = await tx
      .select({ line, customId: sql<string>`coalesce(${customId}, '')` })
      .from(requestBatchRows)
      .where(and(isOurs, eq(state, "unread")))
      .orderBy(asc(line))
      .limit(ROWS_AT_ONCE);
    if (rows.length === 0) {
      await advanceBatch(tx, { batchId, version: batch.version }, { act: "finish_check" });
      return false;
    }
    await writeVerdicts(tx, batchId, await judgeRows(tx, batch, rows));
    return true;
  });
}

async function judgeRows(
  tx: DatabaseOrTransaction,
  batch: BatchRow,
  rows: readonly Row[],
): Promise<Verdict[]> {
  const customIds = rows.map(({ customId }) => customId);
  const first = await firstLines(tx, batch.id, customIds);
  const known = await listKnown(tx, customIds);
  const folded = await listFolded(
    tx,
    customIds.filter((customId) => !known.has(customId)),
  );
  const open = await listOpenProtocols(tx, batch, customIds);
  const held = isErasing(batch.right) ? await listHeld(tx, customIds) : new Set<string>();
  return rows.map(({ line, customId }) => {
    const left = (trouble: BatchTrouble, fact: string | null = null): Verdict => ({ line, trouble, fact });
    if (!customIdSchema.safeParse(customId).success) return left("not_a_custom_id");
    const kept = first.get(customId);
    if (kept !== undefined && kept < line) return left("twice_in_file", String(kept));
    if (!known.has(customId))
      return left("not_known_here", folded.has(foldCustomId(customId)) ? WRITTEN_OTHERWISE : null);
    const protocol = open.get(customId);
    if (protocol !== undefined) return left("open_request", protocol);
    return held.has(customId) ? left("on_hold") : { line, trouble: null, fact: null };
  });
}

/** The first line of the file on which each of them stands. */
async function firstLines(tx: DatabaseOrTransaction, batchId: string, customIds: string[]) {
  const { customId, line } = requestBatchRows;
  const rows = await tx
    .select({ customId, line: sql<number>`min(${line})` })
    .from(requestBatchRows)
    .where(and(eq(requestBatchRows.batchId, batchId), inArray(customId, customIds)))
    .groupBy(customId);
  return new Map(rows.map((row) => [row.customId, row.line]));
}

async function listKnown(tx: DatabaseOrTransaction, customIds: string[]) {
  const rows = await tx
    .select({ customId: people.customId })
    .from(people)
    .where(inArray(people.customId, customIds));
  return new Set(rows.map(({ customId }) => customId));
}

/** Those of them whom somebody here is like, but for capitals and spaces. */
async function listFolded(tx: DatabaseOrTransaction, customIds: string[]) {
  if (customIds.length === 0) return new Set<string>();
  const rows = await tx
    .select({ folded: people.customIdFolded })
    .from(people)
    .where(inArray(people.customIdFolded, customIds.map(foldCustomId)));
  return new Set(rows.map(({ folded }) => folded));
}

async function listOpenProtocols(tx: DatabaseOrTransaction, { right }: BatchRow, customIds: string[]) {
  const { customId, protocol, closedAt } = dataRequests;
  const rows = await tx
    .select({ customId, protocol })
    .from(dataRequests)
    .where(and(eq(dataRequests.right, right), inArray(customId, customIds), isNull(closedAt)));
  return new Map(rows.map((row) => [row.customId, row.protocol]));
}

async function listHeld(tx: DatabaseOrTransaction, customIds: string[]) {
  const { customId, releasedAt } = legalHolds;
  const rows = await tx
    .select({ customId })
    .from(legalHolds)
    .where(and(inArray(customId, customIds), isNull(releasedAt)));
  return new Set(rows.map((row) => row.customId ?? ""));
}

async function writeVerdicts(tx: DatabaseOrTransaction, batchId: string, verdicts: readonly Verdict[]) {
  const isOurs = eq(requestBatchRows.batchId, batchId);
  const good = verdicts.filter(({ trouble }) => trouble === null).map(({ line }) => line);
  if (good.length > 0) {
    await tx
      .update(requestBatchRows)
      .set({ state: "good" })
      .where(and(isOurs, inArray(requestBatchRows.line, good)));
  }
  const bad = verdicts.filter(({ trouble }) => trouble !== null);
  if (bad.length === 0) return;
  await tx.execute(sql`
    update request_batch_rows r set state = 'left_out', trouble = v.trouble, fact = v.fact
    from jsonb_to_recordset(${JSON.stringify(bad)}::text::jsonb) as v(line int, trouble text, fact text)
    where r.batch_id = ${batchId} and r.line = v.line`);
}
