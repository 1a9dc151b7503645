/** Why a file cannot be read as a table. */
export const TABLE_TROUBLES = [
  "empty",
  "too_big",
  "workbook",
  "not_text",
  "broken",
  "too_many_rows",
] as const;
export type TableTrouble = (typeof TABLE_TROUBLES)[number];

/** The same of a file that is read as it comes: of any length, and never looked at as a whole. */
export type StreamTrouble = Exclude<TableTrouble, "too_big" | "too_many_rows"> | "mixed_encoding";

/** A row of a table file. `line` is where it ends in the file, counted from 1 with empty lines and the heading. */
export type TableRow = { line: number; cells: string[] };

export type TableLimits = { maxBytes: number; maxRows: number };

export type ExaminedTable =
  | { ok: true; rows: TableRow[] /** Of the file's bytes, in hexadecimal. */; sha256: string }
  | {
      ok: false;
      trouble: TableTrouble /** Where it was noticed; null where it is the whole file. */;
      line: number | null;
    };
