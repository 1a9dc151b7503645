import { desc } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { auditCheckpoints } from "#db/schema/audit.ts";
import { noteEvent } from "#lib/notifications/note-event.ts";
import { type Checkpoint, openCheckpoint, signedCheckpoint } from "#lib/transparency/checkpoint.ts";
import { sameHash } from "#lib/transparency/merkle.ts";
import type { NoteSigner } from "#lib/transparency/signed-note.ts";
import { getRoot, getTreeSize, TreeIncomplete } from "./prove-entries.ts";
import type { CheckpointCause } from "./types.ts";

export type Signing = {
  signer: NoteSigner;
  /** The newest checkpoint kept outside the database, if any. */
  kept: Checkpoint | null;
  cause: CheckpointCause;
};

export type SigningResult =
  | { ok: true; treeSize: number | null }
  | { ok: false; code: "history_changed"; keptSize: number; treeSize: number };

/**
 * Signs the root over everything sealed so far and puts it on its way to the webhooks that want it, in one transaction.
 * Nothing is signed where the newest checkpoint covers it all (`treeSize` null), or where the log no longer begins with
 * what an earlier checkpoint committed to: the signature is worth something because it is never given to that.
 */
export function signCheckpoint(
  db: DatabaseOrTransaction,
  { signer, kept, cause }: Signing,
  at: Date,
): Promise<SigningResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    const [newest] = await tx
      .select()
      .from(auditCheckpoints)
      .orderBy(desc(auditCheckpoints.treeSize))
      .limit(1);
    const treeSize = await getTreeSize(tx);
    const stored = newest === undefined ? null : openCheckpoint(newest.note, signer.verifierKey);
    for (const known of [kept, stored]) {
      if (known !== null && !(await isContinuation(tx, known, treeSize)))
        return { ok: false, code: "history_changed", keptSize: known.size, treeSize };
    }
    if (treeSize === (newest?.treeSize ?? 0)) return { ok: true, treeSize: null };
    const note = signedCheckpoint(signer, { size: treeSize, root: await getRoot(tx, treeSize) });
    const made = await tx
      .insert(auditCheckpoints)
      .values({ treeSize, note, signedAt: at, cause })
      .onConflictDoNothing()
      .returning({ treeSize: auditCheckpoints.treeSize });
    if (made.length === 0) return { ok: true, treeSize: null };
    await noteEvent(tx, { type: "audit.checkpoint_signed", data: { treeSize, note } }, at);
    return { ok: true, treeSize };
  });
}

/** Whether the log of this size still begins with what the checkpoint committed to. */
async function isContinuation(tx: DatabaseOrTransaction, known: Checkpoint, size: number): Promise<boolean> {
  if (known.size > size) return false;
  try {
    return sameHash(await getRoot(tx, known.size), known.root);
  } catch (error) {
    if (error instanceof TreeIncomplete) return false;
    throw error;
  }
}
