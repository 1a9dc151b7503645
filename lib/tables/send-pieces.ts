import { createHash } from "node:crypto";

/** A piece of a file that is sent, and how many rows it holds. */
export type Piece = { text: string; rows: number };

export type Sent = { rows: number; bytes: number };

type Told = {
  /** Before each piece, with what was sent until then; what it throws breaks the file off. */
  onPiece?(sent: Sent): Promise<void>;
  /** Before the last piece. */
  onWhole(sent: Sent & { sha256: string }): Promise<void>;
  onBroken(sent: Sent): Promise<void>;
};

/**
 * The bytes of a file. The last of them are held back until `onWhole` has written down its digest and counts: a file of
 * which nothing tells is never whole. One that breaks off, also because its reader left, is told to `onBroken`. Throws
 * what reading and telling throw.
 */
export async function* sendPieces(
  pieces: AsyncIterable<Piece>,
  { onPiece, onWhole, onBroken }: Told,
): AsyncGenerator<Uint8Array, void> {
  const digest = createHash("sha256");
  const sent = { rows: 0, bytes: 0 };
  let held: Uint8Array | null = null;
  let isWhole = false;
  try {
    for await (const { text, rows } of pieces) {
      await onPiece?.({ ...sent });
      if (held !== null) yield held;
      held = new TextEncoder().encode(text);
      digest.update(held);
      sent.rows += rows;
      sent.bytes += held.byteLength;
    }
    await onWhole({ ...sent, sha256: digest.digest("hex") });
    isWhole = true;
    if (held !== null) yield held;
  } finally {
    if (!isWhole) await onBroken(sent);
  }
}
