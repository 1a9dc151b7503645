import type { DatabaseOrTransaction } from "#db/client.ts";
import { withinBudget } from "#db/within-budget.ts";
import { BYTE_ORDER_MARK, csvText } from "#lib/tables/csv-text.ts";
import type { Piece } from "#lib/tables/send-pieces.ts";
import { type Place, type ReadPiece, readCounts, readPiece } from "./queries.ts";
import { columnsOf } from "./rules.ts";
import type { OpenExport } from "./types.ts";

/** Rows of one reading at most: some three megabytes. */
const BATCH_ROWS = 10_000;
/** So few are read however long it takes: one more of the console's statements, with the time that those have. */
const FEWEST_ROWS = 100;
/** A longer reading is given up for a shorter one: where the disk is cold and busy, each row is a read from it. */
const BUDGET = { milliseconds: 2_000, approach: "walk" } as const;

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
  const read = (after: Place | null, atMost: number) => {
    const piece = readFewer(atMost, (limit) => {
      const reading = (on: DatabaseOrTransaction) =>
        readPiece(on, { filters, namesPeople }, { after, limit });
      return limit > FEWEST_ROWS ? withinBudget(db, BUDGET, reading) : reading(db);
    });
    // Where nobody asks for it any more, its failure is nobody's either.
    piece.catch(() => {});
    return piece;
  };
  let next: ReturnType<typeof read> | null = read(null, batchRows);
  yield head;
  while (next !== null) {
    const [limit, { last, ...piece }]: [number, ReadPiece] = await next;
    next = last && piece.rows === limit ? read(last, Math.min(batchRows, limit * 2)) : null;
    if (piece.rows > 0) yield piece;
  }
}

/** What was read, with how many rows were asked for: a quarter each time that a reading answers null, as it took too long. */
export async function readFewer<T>(
  atMost: number,
  read: (limit: number) => Promise<T | null>,
): Promise<[limit: number, piece: T]> {
  for (let limit = atMost; ; limit = Math.ceil(limit / 4)) {
    const piece = await read(limit);
    if (piece !== null) return [limit, piece];
  }
}
