import type { DatabaseOrTransaction } from "#db/client.ts";
import { examineTable } from "#lib/tables/examine-table.ts";
import { ColumnsMissing, examinePeople, type ReadChunk } from "./examine-people.ts";
import { type Importer, importPeople } from "./import-people.ts";
import { sortOut } from "./queries.ts";
import { CONSOLE_LIMITS, type ImportAnswer, type ImportCounts, type LeftOut } from "./types.ts";

type Wanted = { bytes: Uint8Array; withErased: boolean };

/** What importing this file would do, without doing any of it. */
export function examineImport(
  db: DatabaseOrTransaction,
  wanted: Wanted,
  { ledger }: Pick<Importer, "ledger">,
): Promise<ImportAnswer> {
  return answer(wanted.bytes, async ({ people }) => {
    const { good, ...rest } = await sortOut(db, { people, withErased: wanted.withErased }, ledger.refOf);
    return { ...rest, imported: good.length };
  });
}

/**
 * Imports a file that came with one form, in parts of a transaction each; cut off in the middle it may be imported again.
 * Audits `person.import` for each part.
 */
export function importFile(
  db: DatabaseOrTransaction,
  { bytes, withErased }: Wanted,
  by: Importer,
  at: Date,
): Promise<ImportAnswer> {
  return answer(bytes, ({ people, leftOut }, fileSha256) =>
    importPeople(db, { people, unreadable: leftOut.length, fileSha256, withErased }, by, at),
  );
}

type Part = Pick<ImportCounts, "imported" | "known"> & { leftOut: LeftOut[] };

async function answer(
  bytes: Uint8Array,
  take: (chunk: ReadChunk, fileSha256: string) => Promise<Part>,
): Promise<ImportAnswer> {
  const table = examineTable(bytes, CONSOLE_LIMITS);
  if (!table.ok) return table;
  const leftOut: LeftOut[] = [];
  const sum = { rows: 0, imported: 0, known: 0 };
  try {
    for await (const chunk of examinePeople(table.rows)) {
      const part = await take(chunk, table.sha256);
      sum.rows += chunk.people.length + chunk.leftOut.length;
      sum.imported += part.imported;
      sum.known += part.known;
      leftOut.push(...chunk.leftOut, ...part.leftOut);
    }
  } catch (error) {
    if (!(error instanceof ColumnsMissing)) throw error;
    return { ok: false, trouble: "columns_missing", columns: error.columns };
  }
  leftOut.sort((a, b) => a.line - b.line);
  const erasedBefore = leftOut.filter(({ trouble }) => trouble === "erased_before").length;
  return { ok: true, report: { ...sum, refused: leftOut.length, leftOut, erasedBefore } };
}
