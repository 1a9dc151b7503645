import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { streamTable } from "#lib/tables/stream-table.ts";
import { TableUnreadable } from "#lib/tables/table-unreadable.ts";
import type { Adder } from "./add-adopters.ts";
import { ColumnUnknown, examineRows } from "./examine-rows.ts";
import { placeRows } from "./place-rows.ts";
import { putAdopters } from "./put-adopters.ts";
import { reportPlaced } from "./queries.ts";
import type { AdopterReport, ImportAnswer, ImportTrouble } from "./types.ts";

export type WantedImport = {
  bytes: AsyncIterable<Uint8Array>;
  /** The SHA-256 of the file that was looked through, to import that one; null to look through this one. */
  expectedSha256: string | null;
};

class ImportRefused extends Error {
  override readonly name = "ImportRefused";
  readonly trouble: ImportTrouble;

  constructor(trouble: ImportTrouble) {
    super(`The import was refused: ${trouble}`);
    this.trouble = trouble;
  }
}

/**
 * Adds the people of a CSV file of any length, or says what would come of it: the file is read as it comes, and all of it
 * is one transaction, so that one cut off anywhere has added nobody and is begun anew. Who is in already stays as they are.
 * Audits `early_adopters.import` with the file's SHA-256. One file at a time: each holds a connection while it comes.
 */
export async function importFile(
  db: DatabaseOrTransaction,
  { bytes, expectedSha256 }: WantedImport,
  by: Adder,
  at: Date,
): Promise<ImportAnswer> {
  try {
    return await joinOrOpenTransaction(db, async (tx) => {
      await takeTurn(tx);
      const hash = createHash("sha256");
      const unreadable = await placeRows(tx, examineRows(streamTable(hashed(bytes, hash))), by.refOf);
      const report = await reportPlaced(tx, unreadable);
      if (report.rows === 0) throw new ImportRefused("no_rows");
      const fileSha256 = hash.digest("hex");
      if (expectedSha256 === null) return { ok: true, report, fileSha256 };
      if (fileSha256 !== expectedSha256) throw new ImportRefused("changed");
      return { ok: true, report: await apply(tx, { report, fileSha256 }, by, at), fileSha256 };
    });
  } catch (error) {
    if (error instanceof TableUnreadable) return { ok: false, trouble: error.trouble, line: error.line };
    if (error instanceof ColumnUnknown) return { ok: false, trouble: "no_column", line: null };
    if (error instanceof ImportRefused) return { ok: false, trouble: error.trouble, line: null };
    throw error;
  }
}

async function apply(
  tx: DatabaseOrTransaction,
  { report, fileSha256 }: { report: AdopterReport; fileSha256: string },
  { actor }: Adder,
  at: Date,
): Promise<AdopterReport> {
  const added = await putAdopters(tx, actor.id, at);
  const known = report.known + report.added - added;
  const refused = Object.values(report.refused).reduce((sum, one) => sum + one, 0);
  const { rows, repeated } = report;
  await recordAudit(tx, {
    action: "early_adopters.import",
    actor,
    at,
    entity: { type: "early_adopters", id: null },
    details: { rows, added, known, repeated, refused, fileSha256 },
  });
  return { ...report, added, known };
}

async function takeTurn(tx: DatabaseOrTransaction): Promise<void> {
  const [turn] = await tx.execute<{ free: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtext('early-adopters-import')) as free`,
  );
  if (turn?.free !== true) throw new ImportRefused("busy");
}

async function* hashed(
  bytes: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    hash.update(piece);
    yield piece;
  }
}
