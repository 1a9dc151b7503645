import type { DatabaseOrTransaction } from "#db/client.ts";
import { BYTE_ORDER_MARK, csvText } from "#lib/tables/csv-text.ts";
import type { Piece } from "#lib/tables/send-pieces.ts";
import { type Place, type ReadPiece, readCounts, readPiece } from "./queries.ts";
import { columnsOf } from "./rules.ts";
import type { OpenExport } from "./types.ts";

/** Rows of one reading: some three megabytes. */
const BATCH_ROWS = 10_000;

type Wanted = Pick<OpenExport, "kind" | "filters" | "namesPeople">;

/**
 * The file of an export, piece by piece, the newest first. Each reading is a statement of its own, so that whoever reads
 * slowly holds nothing open in the database; the next is under way while the one before is written and sent.
 */
export async function* composeFile(
  db: DatabaseOrTransaction,
  { kind, filters, namesPeople }: Wanted,
  batchRows = BATCH_ROWS,
): AsyncGenerator<Piece, void> {
  const head = { text: BYTE_ORDER_MARK + csvText([columnsOf(kind, namesPeople)]), rows: 0 };
  if (kind === "counts") {
    const rows = await readCounts(db, filters);
    yield head;
    if (rows.length > 0) yield { text: csvText(rows), rows: rows.length };
    return;
  }
  const read = (after: Place | null): Promise<ReadPiece> => {
    const piece = readPiece(db, { filters, namesPeople }, { after, limit: batchRows });
    // Where nobody asks for it any more, its failure is nobody's either.
    piece.catch(() => {});
    return piece;
  };
  let next: Promise<ReadPiece> | null = read(null);
  yield head;
  while (next !== null) {
    const { last, ...piece }: ReadPiece = await next;
    next = last && piece.rows === batchRows ? read(last) : null;
    if (piece.rows > 0) yield piece;
  }
}
