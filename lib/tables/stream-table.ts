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
 * The rows of a CSV file, as many at once as each piece of it holds, read as `examineTable` reads them: however long it is,
 * no more than a piece is in memory. Throws TableUnreadable where it is no table, which may be after many rows.
 */
export async function* streamTable(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TableRow[]> {
  const texts = decodeTable(bytes);
  const start = await readStart(texts);
  if (start.length < START_LENGTH && start.trim() === "") throw new TableUnreadable("empty", null);
  const reader = openReader(start);
  yield await reader.read(start);
  for await (const text of texts) yield await reader.read(text);
  yield await reader.end();
}

function openReader(start: string) {
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
  let rows: TableRow[] = [];
  parser.on("data", ({ record, info }) => rows.push({ line: info.lines, cells: record }));
  const broken = new Promise<never>((_, reject) => parser.once("error", (error) => reject(readable(error))));
  // Heard where a piece is read; nobody may be reading when it breaks.
  broken.catch(() => {});
  /** What was read since it was asked last: the newest rows of a piece may come with the next one. */
  const taken = async (step: Promise<void>): Promise<TableRow[]> => {
    await Promise.race([step, broken]);
    const read = rows;
    rows = [];
    return read;
  };
  return {
    read: (text: string) => taken(new Promise((resolve) => parser.write(text, () => resolve()))),
    end: () => taken(new Promise((resolve) => parser.once("end", resolve).end())),
  };
}

const readable = (error: Error): Error =>
  error instanceof CsvError ? new TableUnreadable("broken", Number(error.lines) || null) : error;

async function readStart(texts: AsyncGenerator<string>): Promise<string> {
  let start = "";
  while (start.length < START_LENGTH) {
    const next = await texts.next();
    if (next.done) break;
    start += next.value;
  }
  return start;
}
