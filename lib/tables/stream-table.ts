import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { decodeTable } from "./decode-table.ts";
import { NAMED_SEPARATOR, separatorOf } from "./rules.ts";
import { TableUnreadable } from "./table-unreadable.ts";
import type { TableRow } from "./types.ts";

/** Its first line is looked at for what parts the cells. */
const START_LENGTH = 4096;
/** Longest a row may be: where a quotation mark is never closed the rest of the file would be one. */
const LONGEST_ROW = 100_000;

/**
 * The rows of a CSV file, one after another, read as `examineTable` reads them and with no more of it in memory than a few
 * rows, however long it is. Throws TableUnreadable where it is no table, which may be after many rows.
 */
export async function* streamTable(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TableRow> {
  const texts = decodeTable(bytes);
  const start = await readStart(texts);
  if (start.length < START_LENGTH && start.trim() === "") throw new TableUnreadable("empty", null);
  const named = NAMED_SEPARATOR.exec(start);
  const parser = parse({
    delimiter: named?.[1] ?? separatorOf(start),
    from_line: named ? 2 : 1,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  });
  const source = Readable.from(chain(start, texts));
  source.on("error", (error) => parser.destroy(error));
  try {
    for await (const { record, info } of source.pipe(parser)) {
      yield { line: info.lines as number, cells: record as string[] };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new TableUnreadable("broken", Number(error.lines) || null);
  } finally {
    source.destroy();
  }
}

async function readStart(texts: AsyncGenerator<string>): Promise<string> {
  let start = "";
  while (start.length < START_LENGTH) {
    const next = await texts.next();
    if (next.done) break;
    start += next.value;
  }
  return start;
}

async function* chain(start: string, texts: AsyncGenerator<string>): AsyncGenerator<string> {
  yield start;
  yield* texts;
}
