import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { streamTable } from "#lib/tables/stream-table.ts";
import { TableUnreadable } from "#lib/tables/table-unreadable.ts";
import type { StreamTrouble, TableRow } from "#lib/tables/types.ts";

/** What cannot be read, said so that the reader knows what to do instead. */
export class CannotRead extends Error {
  override readonly name = "CannotRead";
}

const TROUBLES: Record<StreamTrouble, (line: number | null) => string> = {
  empty: () => "The file is empty.",
  workbook: () => "This is a workbook of a spreadsheet. Save it as CSV and import that file.",
  not_text: () => "This is no text. Import a CSV file.",
  broken: (line) =>
    `The file is broken${line === null ? "" : ` at line ${line}`}: a quotation mark is missing or too many. Mend it and run this again; who was imported is known.`,
  mixed_encoding: () =>
    "One part of the file is in UTF-8 and another is not. Save it as UTF-8 and run this again.",
};

/** The rows of a CSV file, one after another, however long it is. Throws CannotRead where it is no table. */
export async function* streamFile(path: string): AsyncGenerator<TableRow> {
  const file = createReadStream(path);
  try {
    for await (const rows of streamTable(file as AsyncIterable<Buffer>)) yield* rows;
  } catch (error) {
    if (!(error instanceof TableUnreadable)) throw error;
    throw new CannotRead(TROUBLES[error.trouble](error.line), { cause: error });
  } finally {
    file.destroy();
  }
}

/** SHA-256 of the file, in hexadecimal. Throws CannotRead where there is none. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  } catch (error) {
    throw new CannotRead(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`, {
      cause: error,
    });
  }
  return hash.digest("hex");
}
