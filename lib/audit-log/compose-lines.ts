import type { Piece } from "#lib/tables/send-pieces.ts";

/** Sent at once, so that a log of many lines is not as many pieces. */
const PIECE_LENGTH = 64 * 1024;
const ENTRY = '{"sequence":';

/** The lines of the exported log in pieces of some size, each with how many entries it holds. */
export async function* composeLines(lines: AsyncIterable<string>): AsyncGenerator<Piece, void> {
  let piece: Piece = { text: "", rows: 0 };
  for await (const line of lines) {
    piece = { text: piece.text + line, rows: piece.rows + (line.startsWith(ENTRY) ? 1 : 0) };
    if (piece.text.length < PIECE_LENGTH) continue;
    yield piece;
    piece = { text: "", rows: 0 };
  }
  if (piece.text !== "") yield piece;
}
