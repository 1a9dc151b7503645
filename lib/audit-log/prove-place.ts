import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { composeEntry, leafOf } from "#lib/audit/compose-entry.ts";
import { TreeIncomplete } from "#lib/audit/prove-entries.ts";
import { findFirstCheckpoint, proveEntry } from "#lib/audit/queries.ts";
import type { EntryProof } from "#lib/audit/types.ts";
import { openCheckpoint } from "#lib/transparency/checkpoint.ts";
import type { Hash } from "#lib/transparency/merkle.ts";
import { isIncluded } from "#lib/transparency/proofs.ts";
import type { EntryPlace } from "./types.ts";

/**
 * Where a sealed entry stands in the tree, and whether the newest checkpoint of this key covers it as it reads now: its
 * leaf is computed anew, and the stored one is not believed. Null where the entry is not there.
 */
export async function provePlace(
  db: DatabaseOrTransaction,
  { entryId, sequence, verifierKey }: { entryId: string; sequence: number; verifierKey: string },
): Promise<EntryPlace | null> {
  const [row] = await db.select().from(auditEntries).where(eq(auditEntries.id, entryId));
  if (!row) return null;
  const leaf = leafOf(composeEntry(row, sequence));
  const signedIn = await findFirstCheckpoint(db, sequence);
  const place = { leaf: Buffer.from(leaf).toString("hex"), signedIn };
  try {
    const proof = await proveEntry(db, entryId);
    const isCovered = proof !== null && proof.checkpoint !== null;
    return { ...place, inclusion: isCovered ? judge(leaf, proof, verifierKey) : null };
  } catch (error) {
    if (!(error instanceof TreeIncomplete)) throw error;
    return { ...place, inclusion: { isProven: false, steps: 0 } };
  }
}

function judge(
  leaf: Hash,
  { sequence, checkpoint }: EntryProof,
  verifierKey: string,
): EntryPlace["inclusion"] {
  const signed = checkpoint === null ? null : openCheckpoint(checkpoint.note, verifierKey);
  if (checkpoint === null || signed === null) return { isProven: false, steps: 0 };
  const proof = checkpoint.proof.map((hash): Hash => new Uint8Array(Buffer.from(hash, "hex")));
  const { size, root } = signed;
  return { isProven: isIncluded({ leaf, index: sequence, size, proof, root }), steps: proof.length };
}
