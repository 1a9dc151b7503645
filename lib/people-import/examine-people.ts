import type { TableRow } from "#lib/tables/types.ts";
import { AT_ONCE } from "./import-people.ts";
import { type Columns, columnsIn, readPerson } from "./rules.ts";
import type { ImportColumn, ImportedPerson, LeftOut } from "./types.ts";

/** Rows of a file that go together, and those among them that are left out as they stand. */
export type ReadChunk = { people: ImportedPerson[]; leftOut: LeftOut[] };

/** The file's heading lacks columns without which nothing can be read. */
export class ColumnsMissing extends Error {
  override readonly name = "ColumnsMissing";
  readonly columns: readonly ImportColumn[];

  constructor(columns: readonly ImportColumn[]) {
    super(`Columns are missing: ${columns.join(", ")}`);
    this.columns = columns;
  }
}

/**
 * Reads people out of a table's rows, the heading first, in chunks of a size that is written at once; so it holds no more
 * than that of a file of any length. Throws ColumnsMissing.
 */
export async function* examinePeople(
  rows: AsyncIterable<TableRow> | Iterable<TableRow>,
): AsyncGenerator<ReadChunk> {
  let columns: Columns | null = null;
  let chunk: ReadChunk = { people: [], leftOut: [] };
  for await (const row of rows) {
    if (columns === null) {
      const found = columnsIn(row.cells);
      if (!found.ok) throw new ColumnsMissing(found.missing);
      columns = found.columns;
      continue;
    }
    const read = readPerson(row, columns);
    if (read.ok) chunk.people.push(read);
    else chunk.leftOut.push({ line: read.line, trouble: read.trouble });
    if (chunk.people.length + chunk.leftOut.length < AT_ONCE) continue;
    yield chunk;
    chunk = { people: [], leftOut: [] };
  }
  if (chunk.people.length + chunk.leftOut.length > 0) yield chunk;
}
