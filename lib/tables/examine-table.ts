import { createHash } from "node:crypto";
import { CsvError, parse } from "csv-parse/sync";
import { hasControls, isWorkbook, NAMED_SEPARATOR, separatorOf } from "./rules.ts";
import type { ExaminedTable, TableLimits, TableRow } from "./types.ts";

/**
 * Reads a table from the bytes of a CSV file as spreadsheets write them: parted by comma, semicolon or tab, in UTF-8,
 * UTF-16 or Latin-1, with or without byte order mark and quotes. Empty lines are passed over; cells stay exactly as they
 * stand, and rows may differ in length. Says what is wrong with a file that is no such table.
 */
export function examineTable(bytes: Uint8Array, { maxBytes, maxRows }: TableLimits): ExaminedTable {
  if (bytes.byteLength > maxBytes) return { ok: false, trouble: "too_big", line: null };
  if (isWorkbook(bytes)) return { ok: false, trouble: "workbook", line: null };
  const text = textOf(bytes);
  if (hasControls(text)) return { ok: false, trouble: "not_text", line: null };
  if (text.trim() === "") return { ok: false, trouble: "empty", line: null };
  const read = readRows(text, maxRows);
  return read.ok ? { ...read, sha256: createHash("sha256").update(bytes).digest("hex") } : read;
}

/** Latin-1 is what is left where it is not UTF-8: no text of more than a few words is both by chance. */
function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

type ReadRows = { ok: true; rows: TableRow[] } | Extract<ExaminedTable, { ok: false }>;

function readRows(text: string, maxRows: number): ReadRows {
  const named = NAMED_SEPARATOR.exec(text);
  try {
    const records = parse(text, {
      delimiter: named?.[1] ?? separatorOf(text),
      from_line: named ? 2 : 1,
      to: maxRows + 1,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    if (records.length > maxRows) {
      return { ok: false, trouble: "too_many_rows", line: records.at(-1)?.info.lines ?? null };
    }
    return { ok: true, rows: records.map(({ record, info }) => ({ line: info.lines, cells: record })) };
  } catch (error) {
    if (error instanceof CsvError) return { ok: false, trouble: "broken", line: Number(error.lines) || null };
    throw error;
  }
}
