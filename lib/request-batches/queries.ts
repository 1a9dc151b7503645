import { and, asc, count, eq, gt, inArray, isNull, lte, ne, notInArray, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { people } from "#db/schema/people.ts";
import { requestBatches, requestBatchRows } from "#db/schema/request-batches.ts";
import { dataRequests } from "#db/schema/requests.ts";
import type { Actor } from "#lib/audit/types.ts";
import type { Regime } from "#lib/deadlines/types.ts";
import { lawOf } from "#lib/grounds/rules.ts";
import { isRuled } from "#lib/requests/rules.ts";
import { type BatchTrouble, type Preview, RULED_CHANNELS } from "#lib/requests/types.ts";
import { isStillInactive } from "#lib/retention/queries.ts";
import {
  type Batch,
  type BatchResult,
  type LeftOutRow,
  type RequestCounts,
  type RowCounts,
  WORKED_STATES,
} from "./types.ts";

export type BatchRow = typeof requestBatches.$inferSelect;

/** A list, held for the caller's transaction so that nobody moves it meanwhile; null where there is none. */
export async function findBatchLocked(tx: DatabaseOrTransaction, batchId: string): Promise<BatchRow | null> {
  const [row] = await tx.select().from(requestBatches).where(eq(requestBatches.id, batchId)).for("update");
  return row ?? null;
}

/** A list, kept from moving while the caller's transaction does a part of it; others may do other parts. */
export async function findBatchShared(tx: DatabaseOrTransaction, batchId: string): Promise<BatchRow | null> {
  const [row] = await tx.select().from(requestBatches).where(eq(requestBatches.id, batchId)).for("share");
  return row ?? null;
}

export async function findBatch(db: DatabaseOrTransaction, batchId: string): Promise<Batch | null> {
  const [row] = await db.select().from(requestBatches).where(eq(requestBatches.id, batchId));
  if (!row) return null;
  const { fileSha256: _, retentionDay: __, preview, ...batch } = row;
  return { ...batch, preview: preview as Preview | null };
}

/** The lists in which the worker has something to do, the oldest first. A withdrawn one until nothing of it is left. */
export async function listWorkedBatches(db: DatabaseOrTransaction): Promise<BatchRow[]> {
  return db
    .select()
    .from(requestBatches)
    .where(and(inArray(requestBatches.state, [...WORKED_STATES]), isNull(requestBatches.closedAt)))
    .orderBy(asc(requestBatches.openedAt));
}

/** How many rows of a list are in each state, and why those were left out. */
export async function countRows(db: DatabaseOrTransaction, batchId: string): Promise<RowCounts> {
  const { state, trouble } = requestBatchRows;
  const groups = await db
    .select({ state, trouble, count: count() })
    .from(requestBatchRows)
    .where(eq(requestBatchRows.batchId, batchId))
    .groupBy(state, trouble);
  const counts: RowCounts = { byState: { unread: 0, good: 0, left_out: 0, opened: 0 }, byTrouble: {} };
  for (const group of groups) {
    counts.byState[group.state] += group.count;
    if (group.trouble !== null) counts.byTrouble[group.trouble] = group.count;
  }
  return counts;
}

/** How many requests of a list are in each state. */
export async function countRequests(db: DatabaseOrTransaction, batchId: string): Promise<RequestCounts> {
  const groups = await db
    .select({ state: dataRequests.state, count: count() })
    .from(dataRequests)
    .where(eq(dataRequests.batchId, batchId))
    .groupBy(dataRequests.state);
  return Object.fromEntries(groups.map((group) => [group.state, group.count]));
}

/** Whether a request of the list is still open; the newest are carried out last, so they are asked first. */
export async function hasOpenRequest(db: DatabaseOrTransaction, batchId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: dataRequests.id })
    .from(dataRequests)
    .where(and(eq(dataRequests.batchId, batchId), isNull(dataRequests.closedAt)))
    .orderBy(sql`${dataRequests.id} desc`)
    .limit(1);
  return row !== undefined;
}

type RowsAsked = { batchId: string; trouble: BatchTrouble | null; afterLine: number; limit: number };

/** The rows that were left out, in the order of the file, from a line on. */
export async function listLeftOut(
  db: DatabaseOrTransaction,
  { batchId, trouble, afterLine, limit }: RowsAsked,
): Promise<LeftOutRow[]> {
  const rows = requestBatchRows;
  const found = await db
    .select({ line: rows.line, customId: rows.customId, trouble: rows.trouble, fact: rows.fact })
    .from(rows)
    .where(
      and(
        eq(rows.batchId, batchId),
        eq(rows.state, "left_out"),
        gt(rows.line, afterLine),
        trouble === null ? undefined : eq(rows.trouble, trouble),
      ),
    )
    .orderBy(asc(rows.line))
    .limit(limit);
  return found.flatMap((row) => (row.trouble === null ? [] : [{ ...row, trouble: row.trouble }]));
}

const WAITING = ["received", "in_review", "awaiting_approval", "scheduled"] as const;

type ResultsAsked = { batchId: string; limit: number } & (
  | { kind: "latest" }
  | { kind: "all"; after: string | null }
);

/**
 * Requests of a list with what was done last for each: the latest, those still being carried out first; or all in the
 * order of the file, from one on.
 */
export async function listResults(db: DatabaseOrTransaction, asked: ResultsAsked): Promise<BatchResult[]> {
  const { id, batchId, state, closedAt } = dataRequests;
  const isAsked =
    asked.kind === "all"
      ? asked.after === null
        ? undefined
        : gt(id, asked.after)
      : notInArray(state, [...WAITING]);
  const requests = await db
    .select({
      requestId: id,
      protocol: dataRequests.protocol,
      state,
      nextTryAt: dataRequests.nextTryAt,
      closedAt,
    })
    .from(dataRequests)
    .where(and(eq(batchId, asked.batchId), isAsked))
    .orderBy(...(asked.kind === "all" ? [asc(id)] : [sql`${closedAt} desc nulls first`, sql`${id} desc`]))
    .limit(asked.limit);
  const ids = requests.map(({ requestId }) => requestId);
  const lines = await linesOf(db, asked.batchId, ids);
  const attempts = await lastAttempts(db, ids);
  return requests.map(({ closedAt: ended, ...request }) => {
    const attempt = attempts.get(request.requestId) ?? null;
    return {
      ...request,
      line: lines.get(request.requestId) ?? null,
      attempt,
      at: ended ?? (attempt === null ? null : attempt.at),
    };
  });
}

async function linesOf(db: DatabaseOrTransaction, batchId: string, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, number>();
  const rows = await db
    .select({ line: requestBatchRows.line, requestId: requestBatchRows.requestId })
    .from(requestBatchRows)
    .where(and(eq(requestBatchRows.batchId, batchId), inArray(requestBatchRows.requestId, [...ids])));
  return new Map(rows.map(({ line, requestId }) => [requestId ?? "", line]));
}

async function lastAttempts(db: DatabaseOrTransaction, ids: readonly string[]) {
  type Last = { requestId: string; kind: string; state: string; code: string | null; at: Date };
  if (ids.length === 0) return new Map<string, Last>();
  const rows = await db.execute<Omit<Last, "at"> & { at: string }>(sql`
    select distinct on (request_id) request_id as "requestId", kind, state, code,
      coalesce(settled_at, intended_at)::text as at
    from request_attempts where request_id in ${ids} order by request_id, number desc`);
  return new Map(rows.map((row) => [row.requestId, { ...row, at: new Date(row.at) }]));
}

/** Who did this with a list, with the role they had then; null where nobody did. */
export async function findActor(
  db: DatabaseOrTransaction,
  batchId: string,
  action: "request_batch.assess" | "request_batch.approve" | "request_batch.withdraw",
): Promise<Extract<Actor, { id: string }> | null> {
  const [entry] = await db
    .select({ id: auditEntries.actorId, role: auditEntries.actorRole })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.entityType, "request_batch"),
        eq(auditEntries.entityId, batchId),
        eq(auditEntries.action, action),
      ),
    )
    .orderBy(sql`${auditEntries.at} desc`)
    .limit(1);
  return entry?.id ? ({ id: entry.id, role: entry.role } as Extract<Actor, { id: string }>) : null;
}

/** Who assessed a list: whoever let its rows become requests, or where the installation made it, itself. */
export async function findAssessor(
  db: DatabaseOrTransaction,
  { id, name, channel }: Pick<BatchRow, "id" | "name" | "channel">,
): Promise<Actor> {
  if (isRuled(channel)) return { id: null, role: "system" };
  const actor = await findActor(db, id, "request_batch.assess");
  if (actor === null) throw new Error(`Nobody assessed the list ${name}.`);
  return actor;
}

/** The laws the retention of this person's record goes by: that of its legal basis. */
export async function listLaws(db: DatabaseOrTransaction, customId: string): Promise<Regime[]> {
  const [person] = await db
    .select({ legalBasis: people.legalBasis })
    .from(people)
    .where(eq(people.customId, customId));
  return person === undefined ? [] : [lawOf(person.legalBasis)];
}

/**
 * Why somebody on a list that the installation made is kept after all: by retention, they were active again or are blocked
 * since; or somebody asked for something about them, which comes first. Null where nothing of it is so, and on every other list.
 */
export async function findWhyKept(
  tx: DatabaseOrTransaction,
  { channel, inactiveBefore: before }: Pick<BatchRow, "channel" | "inactiveBefore">,
  { customId, requestId }: { customId: string; requestId: string | null },
): Promise<{ trouble: "active_again" | "open_request"; fact: string | null } | null> {
  if (!isRuled(channel)) return null;
  if (before !== null && !(await isStillInactive(tx, { customId, before })))
    return { trouble: "active_again", fact: null };
  const isOther = requestId === null ? undefined : ne(dataRequests.id, requestId);
  const [other] = await tx
    .select({ protocol: dataRequests.protocol })
    .from(dataRequests)
    .where(and(eq(dataRequests.customId, customId), isNull(dataRequests.closedAt), isOther))
    .limit(1);
  return other === undefined ? null : { trouble: "open_request", fact: other.protocol };
}

/** The lists that the installation made and on which nobody decided in time. */
export async function listExpiredRuled(db: DatabaseOrTransaction, assessedBefore: Date) {
  return db
    .select({ batchId: requestBatches.id, version: requestBatches.version })
    .from(requestBatches)
    .where(
      and(
        inArray(requestBatches.channel, RULED_CHANNELS),
        eq(requestBatches.state, "awaiting_approval"),
        lte(requestBatches.assessedAt, assessedBefore),
      ),
    );
}
