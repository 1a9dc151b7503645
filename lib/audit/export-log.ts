import { and, asc, desc, gt, lte } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditCheckpoints } from "#db/schema/audit.ts";
import { composeEntry } from "./compose-entry.ts";
import { getTreeSize } from "./prove-entries.ts";
import { EXPORT_FORMAT, EXPORT_VERSION } from "./schema.ts";
import { readLog } from "./verify-log.ts";
import { listOutsideEntries } from "./verify-queue.ts";

const ROWS_AT_ONCE = 1_000;

/**
 * The whole log as lines of JSON: a header, every checkpoint, every entry in its sequence with what is sealed of it, and
 * entries that stand outside the log. It tells what the tables hold and judges nothing: an entry that is gone is a line
 * without one. Memory does not grow with the log. The format is described in docs/audit-log.md.
 */
export async function* exportLog(db: DatabaseOrTransaction, at: Date): AsyncGenerator<string> {
  const signed = await getSignedSize(db);
  // Read after the checkpoints, so that none of them is over more than is exported.
  const treeSize = await getTreeSize(db);
  const header = { format: EXPORT_FORMAT, version: EXPORT_VERSION, exportedAt: at.toISOString(), treeSize };
  yield lineOf(header);
  yield* checkpointLines(db, signed);
  for (let from = 0; from < treeSize; from += ROWS_AT_ONCE) {
    const to = Math.min(from + ROWS_AT_ONCE, treeSize);
    for (const { sequence, leaf, entry, ciphertext } of await readLog(db, { from, to })) {
      yield lineOf({
        sequence,
        leaf: Buffer.from(leaf).toString("hex"),
        entry: entry === null ? null : composeEntry(entry, sequence),
        ...(ciphertext === null ? {} : { sealed: Buffer.from(ciphertext).toString("base64") }),
      });
    }
  }
  for await (const outside of listOutsideEntries(db)) yield lineOf({ outside });
}

const lineOf = (value: object): string => `${JSON.stringify(value)}\n`;

/** The size of the newest checkpoint: those signed meanwhile are left to the next export. */
async function getSignedSize(db: DatabaseOrTransaction): Promise<number> {
  const { treeSize } = auditCheckpoints;
  const [newest] = await db.select({ treeSize }).from(auditCheckpoints).orderBy(desc(treeSize)).limit(1);
  return newest?.treeSize ?? 0;
}

async function* checkpointLines(db: DatabaseOrTransaction, signed: number): AsyncGenerator<string> {
  const { treeSize, note } = auditCheckpoints;
  for (let after = -1; ; ) {
    const rows = await db
      .select({ treeSize, note })
      .from(auditCheckpoints)
      .where(and(gt(treeSize, after), lte(treeSize, signed)))
      .orderBy(asc(treeSize))
      .limit(ROWS_AT_ONCE);
    for (const { note: checkpoint } of rows) yield lineOf({ checkpoint });
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.treeSize;
  }
}
