import canonicalize from "canonicalize";
import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditCheckpoints, auditEntries, auditLeaves } from "#db/schema/audit.ts";
import { requestReceipts } from "#db/schema/requests.ts";
import { composeEntry, leafOf } from "#lib/audit/compose-entry.ts";
import { proveInclusion, TreeIncomplete } from "#lib/audit/prove-entries.ts";
import { CHECKPOINT_CHANNEL } from "#lib/audit/schema.ts";
import { openCheckpoint } from "#lib/transparency/checkpoint.ts";
import type { Hash } from "#lib/transparency/merkle.ts";
import { isIncluded } from "#lib/transparency/proofs.ts";
import { RECEIPT_FORMAT, RECEIPT_VERSION, type ReceiptBody, type ReceiptFile } from "./types.ts";

/** Receipts that are made whole in one turn, by one checkpoint. */
const AT_ONCE = 500;
/** Receipts of a list are completed one after the other: they wait so long for a checkpoint over many of them. */
const CHECKPOINT_EVERY_MS = 5_000;

export type Proved = { proved: number; waiting: number; broken: number };

/**
 * Makes receipts whole: once the entry that carries a receipt's digest has its place in the log and the newest checkpoint
 * covers it, the file with body, entry, inclusion proof and checkpoint is kept. Where none covers it yet one is asked for.
 * `broken`: what the log holds does not prove them, because it was altered; they stay without a file.
 */
export async function proveReceipts(
  db: DatabaseOrTransaction,
  verifierKey: string,
  now: Date,
): Promise<Proved> {
  const unproved = await listUnproved(db);
  if (unproved.length === 0) return { proved: 0, waiting: 0, broken: 0 };
  const newest = await findNewestCheckpoint(db);
  const result = { proved: 0, waiting: 0, broken: 0 };
  for (const receipt of unproved) {
    if (newest === null || receipt.sequence === null || receipt.sequence >= newest.treeSize) {
      result.waiting += 1;
      continue;
    }
    const file = await composeFile(db, { ...receipt, sequence: receipt.sequence }, newest, verifierKey);
    if (file === null) result.broken += 1;
    else {
      await keepFile(db, receipt, file, now);
      result.proved += 1;
    }
  }
  const isDue = newest === null || now.getTime() - newest.signedAt.getTime() >= CHECKPOINT_EVERY_MS;
  if (result.waiting > 0 && isDue) await db.execute(sql`select pg_notify(${CHECKPOINT_CHANNEL}, '')`);
  return result;
}

type Unproved = Awaited<ReturnType<typeof listUnproved>>[number];

/** Receipts without their file, the oldest first, each with the entry that carries its digest. */
function listUnproved(db: DatabaseOrTransaction) {
  return db
    .select({ receipt: requestReceipts, entry: auditEntries, sequence: auditLeaves.sequence })
    .from(requestReceipts)
    .innerJoin(
      auditEntries,
      and(
        eq(auditEntries.entityType, "request"),
        eq(auditEntries.entityId, sql`${requestReceipts.requestId}::text`),
        eq(auditEntries.action, "request.complete"),
        eq(sql`${auditEntries.details}->>'receiptDigest'`, requestReceipts.digest),
      ),
    )
    .leftJoin(auditLeaves, eq(auditLeaves.entryId, auditEntries.id))
    .where(isNull(requestReceipts.file))
    .orderBy(asc(requestReceipts.madeAt))
    .limit(AT_ONCE);
}

async function findNewestCheckpoint(db: DatabaseOrTransaction) {
  const [newest] = await db.select().from(auditCheckpoints).orderBy(desc(auditCheckpoints.treeSize)).limit(1);
  return newest ?? null;
}

/** The file in its JCS form, tried as its reader will try it; null where the log does not prove it. */
async function composeFile(
  db: DatabaseOrTransaction,
  { receipt, entry: row, sequence }: Unproved & { sequence: number },
  { note, treeSize }: { note: string; treeSize: number },
  verifierKey: string,
): Promise<string | null> {
  const entry = composeEntry(row, sequence);
  const proof = await proofOf(db, sequence, treeSize);
  const signed = openCheckpoint(note, verifierKey);
  if (proof === null || signed === null) return null;
  const { size, root } = signed;
  if (!isIncluded({ leaf: leafOf(entry), index: sequence, size, proof, root })) return null;
  const file: ReceiptFile = {
    format: RECEIPT_FORMAT,
    version: RECEIPT_VERSION,
    body: receipt.body as ReceiptBody,
    entry,
    proof: proof.map((hash) => Buffer.from(hash).toString("hex")),
    checkpoint: note,
  };
  return canonicalize(file) ?? null;
}

async function proofOf(db: DatabaseOrTransaction, sequence: number, size: number): Promise<Hash[] | null> {
  try {
    return await proveInclusion(db, sequence, size);
  } catch (error) {
    if (error instanceof TreeIncomplete) return null;
    throw error;
  }
}

const keepFile = (db: DatabaseOrTransaction, { receipt }: Unproved, file: string, now: Date) =>
  db
    .update(requestReceipts)
    .set({ file, provedAt: now })
    .where(
      and(
        eq(requestReceipts.requestId, receipt.requestId),
        eq(requestReceipts.round, receipt.round),
        isNull(requestReceipts.file),
      ),
    );
