import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { CsvError, parse } from "csv-parse";
import { separatorOf } from "#lib/tables/rules.ts";
import type { TableRow } from "#lib/tables/types.ts";

/** What cannot be read, said so that the reader knows what to do instead. */
export class CannotRead extends Error {
  override readonly name = "CannotRead";
}

const FIRST_LINE_BYTES = 4096;

/** The rows of a CSV file in UTF-8, one after another, however long it is. Throws CannotRead where it is no table. */
export async function* streamTable(path: string): AsyncGenerator<TableRow> {
  const parser = parse({
    bom: true,
    delimiter: separatorOf(await readStart(path)),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const file = createReadStream(path);
  file.on("error", (error) => parser.destroy(error));
  try {
    for await (const { record, info } of file.pipe(parser)) {
      yield { line: info.lines as number, cells: record as string[] };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CannotRead(
      `The file is broken at line ${String(error.lines)}: ${error.message}. Mend it and run this again; who was imported is known.`,
    );
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

async function readStart(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_LINE_BYTES), 0, FIRST_LINE_BYTES, 0);
    return buffer.toString("utf8", 0, bytesRead).replace(/^\uFEFF/, "");
  } finally {
    await file.close();
  }
}
