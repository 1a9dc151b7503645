import { customIdSchema } from "#lib/people/schema.ts";
import { examineTable } from "#lib/tables/examine-table.ts";
import { customIdColumnOf } from "#lib/tables/rules.ts";
import { type ExaminedList, MOST_BYTES, MOST_ROWS } from "./types.ts";

const LONGEST_SHOWN = 200;

/**
 * Reads a list of people from the bytes of a CSV file: one CustomID a row, exactly as it stands there. A heading is
 * needed only where there are several columns; whatever else is in them is not kept.
 */
export function examineList(bytes: Uint8Array): ExaminedList {
  // One more for the heading.
  const table = examineTable(bytes, { maxBytes: MOST_BYTES, maxRows: MOST_ROWS + 1 });
  if (!table.ok) return table;
  const [first, ...rest] = table.rows;
  if (first === undefined) return { ok: false, trouble: "empty", line: null };
  const named = customIdColumnOf(first.cells);
  if (named === -1 && first.cells.length > 1) return { ok: false, trouble: "no_column", line: first.line };
  const rows = named === -1 ? table.rows : rest;
  if (rows.length === 0) return { ok: false, trouble: "no_rows", line: first.line };
  const [tooMany] = rows.slice(MOST_ROWS);
  if (tooMany !== undefined) return { ok: false, trouble: "too_many_rows", line: tooMany.line };
  const place = Math.max(0, named);
  const listed = rows.map(({ line, cells }) => ({ line, customId: storable(cells[place] ?? "") }));
  return { ok: true, rows: listed, sha256: table.sha256 };
}

/** What is no CustomID is kept too, to be shown beside what is wrong with it, as far as the database can hold it. */
const storable = (cell: string): string =>
  customIdSchema.safeParse(cell).success
    ? cell
    : cell.replace(/[\0\p{Cs}]/gu, "\u{FFFD}").slice(0, LONGEST_SHOWN);
