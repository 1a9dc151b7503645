import { asc, eq, gt, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditCheckpoints } from "#db/schema/audit.ts";
import { type Checkpoint, openCheckpoint } from "#lib/transparency/checkpoint.ts";
import { sameHash } from "#lib/transparency/merkle.ts";
import { getRoot, TreeIncomplete } from "./prove-entries.ts";
import type { FindingCode } from "./schema.ts";
import type { Findings, Verification } from "./verify-log.ts";

/**
 * Looks for what only a comparison shows: checkpoints over more entries than there are, and copies kept outside the
 * database that it no longer has, has differently, or that are not true of the log.
 */
export async function verifyCopies(
  db: DatabaseOrTransaction,
  { verifierKey, keptNotes }: Verification,
  findings: Findings,
): Promise<void> {
  const { treeSize } = auditCheckpoints;
  // One question: what is sealed and signed meanwhile is seen together.
  const beyond = await db
    .select({ treeSize })
    .from(auditCheckpoints)
    .where(gt(treeSize, sql`coalesce((select max(sequence) + 1 from audit_leaves), 0)`))
    .orderBy(asc(treeSize));
  for (const { treeSize: size } of beyond) findings.add("checkpoint_beyond_log", size);
  let signed = 0;
  for (const note of new Set(keptNotes)) {
    const kept = openCheckpoint(note, verifierKey);
    if (kept === null) continue;
    const code = await judgeCopy(db, { note, kept }, findings);
    if (code === "checkpoint_not_of_this_log") findings.add(code, signed);
    else if (code !== null) findings.add(code, kept.size);
    else signed = kept.size;
  }
}

/** What a copy says against the log itself; that the database has it no more, or differently, is found beside. */
async function judgeCopy(
  db: DatabaseOrTransaction,
  { note, kept }: { note: string; kept: Checkpoint },
  findings: Findings,
): Promise<FindingCode | null> {
  const [stored] = await db
    .select({ note: auditCheckpoints.note })
    .from(auditCheckpoints)
    .where(eq(auditCheckpoints.treeSize, kept.size));
  if (stored?.note === note) return null;
  findings.add(stored === undefined ? "checkpoint_missing" : "checkpoint_differs", kept.size);
  try {
    const isTrue = sameHash(await getRoot(db, kept.size), kept.root);
    return isTrue ? null : "checkpoint_not_of_this_log";
  } catch (error) {
    if (error instanceof TreeIncomplete) return "checkpoint_beyond_log";
    throw error;
  }
}
