import type { DatabaseOrTransaction } from "#db/client.ts";
import { BYTE_ORDER_MARK, csvText } from "#lib/tables/csv-text.ts";
import type { Piece } from "#lib/tables/send-pieces.ts";
import { type Place, type ReadRow, readCounts, readRows } from "./queries.ts";
import { columnsOf } from "./rules.ts";
import type { OpenExport } from "./types.ts";

/** Rows of one reading: some hundred kilobytes. */
const BATCH_ROWS = 2_500;

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
  const read = (after: Place | null): Promise<ReadRow[]> => {
    const rows = readRows(db, { filters, namesPeople }, { after, limit: batchRows });
    // Where nobody asks for them any more, their failure is nobody's either.
    rows.catch(() => {});
    return rows;
  };
  let next: Promise<ReadRow[]> | null = read(null);
  yield head;
  while (next !== null) {
    const rows: ReadRow[] = await next;
    const last = rows.at(-1);
    next = last && rows.length === batchRows ? read(last) : null;
    if (rows.length > 0) yield { text: csvText(rows.map(({ cells }) => cells)), rows: rows.length };
  }
}
