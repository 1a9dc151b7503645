import { asc, eq, gt, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditCheckpoints } from "#db/schema/audit.ts";
import { type Checkpoint, openCheckpoint } from "#lib/transparency/checkpoint.ts";
import { sameHash } from "#lib/transparency/merkle.ts";
import { getRoot, TreeIncomplete } from "./prove-entries.ts";
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
  for (const note of new Set(keptNotes)) {
    const kept = openCheckpoint(note, verifierKey);
    if (kept !== null) await verifyCopy(db, { note, kept }, findings);
  }
}

async function verifyCopy(
  db: DatabaseOrTransaction,
  { note, kept }: { note: string; kept: Checkpoint },
  findings: Findings,
): Promise<void> {
  const [stored] = await db
    .select({ note: auditCheckpoints.note })
    .from(auditCheckpoints)
    .where(eq(auditCheckpoints.treeSize, kept.size));
  if (stored?.note === note) return;
  findings.add(stored === undefined ? "checkpoint_missing" : "checkpoint_differs", kept.size);
  try {
    if (sameHash(await getRoot(db, kept.size), kept.root)) return;
  } catch (error) {
    if (!(error instanceof TreeIncomplete)) throw error;
  }
  findings.add("checkpoint_not_of_this_log", kept.size);
}
