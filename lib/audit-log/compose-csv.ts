import { csvText } from "#lib/tables/csv-text.ts";
import type { Piece } from "#lib/tables/send-pieces.ts";
import { CSV_COLUMNS, csvRowOf } from "./rules.ts";
import type { LogNames, ReadEntry } from "./types.ts";

/** The list as the text of a table file (RFC 4180), piece by piece. A cell that a spreadsheet would compute is made text. */
export async function* composeCsv(
  pages: AsyncIterable<readonly ReadEntry[]>,
  members: LogNames["members"],
): AsyncGenerator<Piece, void> {
  yield { text: csvText([CSV_COLUMNS]), rows: 0 };
  for await (const entries of pages) {
    const rows = entries.map((entry) => csvRowOf(entry, members));
    yield { text: csvText(rows), rows: rows.length };
  }
}
