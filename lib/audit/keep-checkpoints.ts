import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { asc, eq, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditCheckpointCopies, auditCheckpoints } from "#db/schema/audit.ts";
import { type Checkpoint, findNotes, openCheckpoint } from "#lib/transparency/checkpoint.ts";

const FILE = "checkpoints.txt";
/** Many times the length of a note. */
const TAIL_BYTES = 8_192;

/**
 * Appends every checkpoint that has no copy yet to the file in this folder, waits until it is on the disk, and only then
 * notes that it is kept. Cut off between the two it appends the same lines again: a repeated note says nothing new.
 */
export async function keepCheckpoints(db: DatabaseOrTransaction, folder: string, at: Date): Promise<number> {
  const missing = await db
    .select({ treeSize: auditCheckpoints.treeSize, note: auditCheckpoints.note })
    .from(auditCheckpoints)
    .leftJoin(auditCheckpointCopies, eq(auditCheckpointCopies.treeSize, auditCheckpoints.treeSize))
    .where(isNull(auditCheckpointCopies.treeSize))
    .orderBy(asc(auditCheckpoints.treeSize));
  if (missing.length === 0) return 0;
  await appendNotes(
    folder,
    missing.map(({ note }) => note),
  );
  await db
    .insert(auditCheckpointCopies)
    .values(missing.map(({ treeSize }) => ({ treeSize, place: "file" as const, keptAt: at })))
    .onConflictDoNothing();
  return missing.length;
}

async function appendNotes(folder: string, notes: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = await open(join(folder, FILE), "a", 0o600);
  try {
    // A line of its own first: the last write may have been cut off in the middle of a line.
    await file.appendFile(notes.map((note) => `\n${note}`).join(""));
    await file.sync();
  } finally {
    await file.close();
  }
  // The file's own name is safe only with its folder.
  const directory = await open(folder, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** The newest checkpoint in the file that this key signed; null where there is none. */
export async function findKeptCheckpoint(folder: string, verifierKey: string): Promise<Checkpoint | null> {
  const notes = findNotes(await readFileEnd(folder, TAIL_BYTES));
  return notes.map((note) => openCheckpoint(note, verifierKey)).findLast((kept) => kept !== null) ?? null;
}

/** Every checkpoint note in the file, for comparison with the database; empty where there is no file. */
export const readKeptNotes = async (folder: string): Promise<string[]> =>
  findNotes(await readFileEnd(folder, Number.POSITIVE_INFINITY));

async function readFileEnd(folder: string, most: number): Promise<string> {
  try {
    const file = await open(join(folder, FILE), "r");
    try {
      const { size } = await file.stat();
      const length = Math.min(size, most);
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
      return buffer.toString("utf8");
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
