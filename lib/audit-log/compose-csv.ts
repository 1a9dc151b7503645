import { stringify } from "csv-stringify/sync";
import type { Piece } from "./export-entries.ts";
import { CSV_COLUMNS, csvRowOf } from "./rules.ts";
import type { LogNames, ReadEntry } from "./types.ts";

/** The list as the text of a table file (RFC 4180), piece by piece. A cell that a spreadsheet would compute is made text. */
export async function* composeCsv(
  pages: AsyncIterable<readonly ReadEntry[]>,
  members: LogNames["members"],
): AsyncGenerator<Piece, void> {
  const written = (rows: readonly (readonly (string | number | null)[])[]): string =>
    stringify([...rows], { escape_formulas: true, record_delimiter: "windows" });
  yield { text: written([CSV_COLUMNS]), entries: 0 };
  for await (const entries of pages) {
    const rows = entries.map((entry) => csvRowOf(entry, members));
    yield { text: written(rows), entries: entries.length };
  }
}
