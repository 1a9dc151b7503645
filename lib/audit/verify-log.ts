import { and, asc, eq, gt, gte, lt, lte } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import {
  auditCheckpoints,
  auditEntries,
  auditLeaves,
  auditNodes,
  auditSealedDetails,
} from "#db/schema/audit.ts";
import { openCheckpoint, readCheckpoint } from "#lib/transparency/checkpoint.ts";
import { GrowingTree, type Hash, rootOf, sameHash } from "#lib/transparency/merkle.ts";
import { composeEntry, leafOf } from "./compose-entry.ts";
import { RUN } from "./prove-entries.ts";
import { type FindingCode, isEntryFinding, MOST_UNSIGNED } from "./schema.ts";
import { hashSealed } from "./seal-details.ts";
import type { LogFinding } from "./types.ts";
import { verifyCopies } from "./verify-copies.ts";
import { verifyQueue } from "./verify-queue.ts";

/** Read at once: what is in memory is the same for a log of any size. */
const ROWS_AT_ONCE = 1_000;

/** More than any place in a log. */
const OTHERS_AFTER = 1e15;

export type Verification = {
  treeSize: number;
  verifierKey: string;
  /** The notes kept outside the database. */
  keptNotes: readonly string[];
  onProgress(checked: number): Promise<void>;
  signal: AbortSignal;
};

/** Collects what is wrong, each kind once: its first place and how often. */
export class Findings {
  private readonly byCode = new Map<FindingCode, LogFinding>();

  add(code: FindingCode, sequence: number | null, entryId: string | null = null): void {
    const known = this.byCode.get(code);
    if (known) known.count += 1;
    else this.byCode.set(code, { code, sequence, entryId, count: 1 });
  }

  /** Bad entries first, each by its place: what follows from them comes after. */
  list(): LogFinding[] {
    const rankOf = ({ code, sequence }: LogFinding) =>
      (isEntryFinding(code) ? 0 : OTHERS_AFTER) + (sequence ?? OTHERS_AFTER);
    return [...this.byCode.values()].sort((a, b) => rankOf(a) - rankOf(b));
  }
}

/**
 * Verifies the first `treeSize` entries of the log: every sequence is there, every entry has the hash its leaf says, so
 * has every sealed detail, every stored node is the root of its run, every checkpoint is signed and true of the leaves
 * (that each checkpoint continues the one before follows from it), copies outside the database agree, and no entry
 * stands outside the log. Changes nothing. Null where the signal ended it.
 */
export async function verifyLog(
  db: DatabaseOrTransaction,
  verification: Verification,
): Promise<LogFinding[] | null> {
  const { treeSize, onProgress, signal } = verification;
  const findings = new Findings();
  const tree = new CheckedTree(findings);
  for (let from = 0; from < treeSize; from += ROWS_AT_ONCE) {
    if (signal.aborted) return null;
    const to = Math.min(from + ROWS_AT_ONCE, treeSize);
    const checkpoints = await readCheckpoints(db, { from, to });
    const rows = new Map((await readLog(db, { from, to })).map((row) => [row.sequence, row]));
    for (let sequence = from; sequence < to; sequence++) {
      const row = rows.get(sequence);
      const code = row === undefined ? "sequence_gap" : judgeEntry(row);
      if (code !== null) findings.add(code, sequence, row?.entryId ?? null);
      tree.add(row?.leaf ?? null);
      const stored = checkpoints.get(sequence + 1);
      if (stored !== undefined) tree.judgeCheckpoint(stored, verification.verifierKey);
    }
    await tree.judgeNodes(db);
    await onProgress(to);
  }
  tree.judgeEnd();
  await verifyCopies(db, verification, findings);
  await verifyQueue(db, findings, signal);
  return signal.aborted ? null : findings.list();
}

type Page = { from: number; to: number };

/** Entries of these places with their leaves and what is sealed of them. */
export const readLog = (db: DatabaseOrTransaction, { from, to }: Page) =>
  db
    .select({
      sequence: auditLeaves.sequence,
      leaf: auditLeaves.leaf,
      entryId: auditLeaves.entryId,
      entry: auditEntries,
      ciphertext: auditSealedDetails.ciphertext,
    })
    .from(auditLeaves)
    .leftJoin(auditEntries, eq(auditEntries.id, auditLeaves.entryId))
    .leftJoin(auditSealedDetails, eq(auditSealedDetails.entryId, auditLeaves.entryId))
    .where(and(gte(auditLeaves.sequence, from), lt(auditLeaves.sequence, to)))
    .orderBy(asc(auditLeaves.sequence));

type Row = Awaited<ReturnType<typeof readLog>>[number];

/** What is wrong with an entry; the first thing, so that no entry is counted twice. */
function judgeEntry({ entry, sequence, leaf, ciphertext }: Row): FindingCode | null {
  if (entry === null) return "entry_missing";
  if (!sameHash(leafOf(composeEntry(entry, sequence)), leaf)) return "entry_altered";
  if (entry.sealedHash === null) return ciphertext === null ? null : "detail_unexpected";
  if (ciphertext === null) return "detail_missing";
  return hashSealed(ciphertext) === entry.sealedHash ? null : "detail_altered";
}

type StoredCheckpoint = { treeSize: number; note: string };

async function readCheckpoints(
  db: DatabaseOrTransaction,
  { from, to }: Page,
): Promise<Map<number, StoredCheckpoint>> {
  const { treeSize, note } = auditCheckpoints;
  const rows = await db
    .select({ treeSize, note })
    .from(auditCheckpoints)
    .where(and(gt(treeSize, from), lte(treeSize, to)));
  return new Map(rows.map((row) => [row.treeSize, row]));
}

/** What the stored leaves add up to, compared with what was signed and with the nodes that are stored. */
class CheckedTree {
  private readonly tree = new GrowingTree();
  /** Of each level the hashes since its last full run. */
  private readonly levels: Hash[][] = [];
  private fullNodes: { level: number; index: number; hash: Hash }[] = [];
  /** How much of the log the last true checkpoint covers. */
  private signed = 0;
  /** After a gap no root can be right, and the gap has been told. */
  private isWhole = true;

  constructor(private readonly findings: Findings) {}

  add(leaf: Hash | null): void {
    if (leaf === null) this.isWhole = false;
    if (leaf === null || !this.isWhole) return;
    this.tree.add(leaf);
    this.grow(0, leaf);
  }

  private grow(level: number, hash: Hash): void {
    this.levels[level] ??= [];
    const run = this.levels[level];
    run.push(hash);
    if (run.length < RUN) return;
    this.levels[level] = [];
    const above = level + 1;
    const node = rootOf(run);
    this.fullNodes.push({ level: above, index: this.tree.size / RUN ** above - 1, hash: node });
    this.grow(above, node);
  }

  judgeCheckpoint({ treeSize, note }: StoredCheckpoint, verifierKey: string): void {
    const checkpoint = openCheckpoint(note, verifierKey);
    const isOurs = checkpoint !== null && checkpoint.size === treeSize;
    if (!isOurs) {
      const isReadable = readCheckpoint(note.slice(0, note.lastIndexOf("\n\n") + 1)) !== null;
      this.findings.add(isReadable ? "checkpoint_not_ours" : "checkpoint_unreadable", treeSize);
    } else if (this.isWhole && sameHash(checkpoint.root, this.tree.root())) {
      this.signed = treeSize;
    } else if (this.isWhole) {
      this.findings.add("checkpoint_not_of_this_log", this.signed);
    }
  }

  /** More without a signature than there can be between two checkpoints: some were taken away. */
  judgeEnd(): void {
    if (this.isWhole && this.tree.size - this.signed > MOST_UNSIGNED)
      this.findings.add("entries_unsigned", this.signed);
  }

  async judgeNodes(db: DatabaseOrTransaction): Promise<void> {
    for (const { level, index, hash } of this.fullNodes) {
      const [stored] = await db
        .select({ hash: auditNodes.hash })
        .from(auditNodes)
        .where(and(eq(auditNodes.level, level), eq(auditNodes.index, index)));
      if (stored === undefined || !sameHash(stored.hash, hash))
        this.findings.add("node_altered", index * RUN ** level);
    }
    this.fullNodes = [];
  }
}
