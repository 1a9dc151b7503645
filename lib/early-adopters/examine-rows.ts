import { customIdSchema } from "#lib/people/schema.ts";
import { customIdColumnOf } from "#lib/tables/rules.ts";
import type { TableRow } from "#lib/tables/types.ts";
import type { LeftOut, ListedAdopter } from "./types.ts";

/** There are several columns, and no heading says which holds CustomIDs. */
export class ColumnUnknown extends Error {
  override readonly name = "ColumnUnknown";
}

/**
 * The CustomIDs of a table's rows, exactly as they stand there, and the rows that hold none, piece by piece as they come.
 * A heading is needed only where there are several columns. Throws ColumnUnknown.
 */
export async function* examineRows(
  pieces: AsyncIterable<TableRow[]>,
): AsyncGenerator<(ListedAdopter | LeftOut)[]> {
  let column: number | null = null;
  for await (const rows of pieces) {
    const [first] = rows;
    if (column === null && first !== undefined) {
      const named = customIdColumnOf(first.cells);
      if (named === -1 && first.cells.length > 1) throw new ColumnUnknown();
      column = Math.max(0, named);
      if (named !== -1) rows.shift();
    }
    yield rows.map(({ line, cells }) => examineCell(line, cells[column ?? 0] ?? ""));
  }
}

/** A CustomID out of what stands in a cell or a pasted line; or what is wrong with it. */
export function examineCell(line: number, cell: string): ListedAdopter | LeftOut {
  if (cell.trim() === "") return { line, trouble: "custom_id_missing" };
  if (!customIdSchema.safeParse(cell).success) return { line, trouble: "custom_id_unusable" };
  return { line, customId: cell };
}
