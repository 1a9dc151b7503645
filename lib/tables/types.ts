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
