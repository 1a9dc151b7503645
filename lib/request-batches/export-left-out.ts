import { createHash } from "node:crypto";
import { stringify } from "csv-stringify/sync";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findBatch, listLeftOut } from "./queries.ts";
import { type LeftOutRow, MOST_ROWS } from "./types.ts";

type Words = {
  heading: readonly [line: string, customId: string, trouble: string];
  troubleOf(row: LeftOutRow): string;
};

/**
 * The rows that were left out of a list as the text of a table file (RFC 4180), to be corrected and handed in again; null
 * where there is no such list. A cell that a spreadsheet would compute is made text. Audits `request_batch.download`.
 */
export function exportLeftOut(
  db: DatabaseOrTransaction,
  batchId: string,
  { heading, troubleOf }: Words,
  actor: Actor,
  at: Date,
): Promise<{ name: string; text: string } | null> {
  return joinOrOpenTransaction(db, async (tx) => {
    const batch = await findBatch(tx, batchId);
    if (batch === null) return null;
    const rows = await listLeftOut(tx, { batchId, trouble: null, afterLine: 0, limit: MOST_ROWS });
    const cells = rows.map((row) => [row.line, row.customId ?? "", troubleOf(row)]);
    const text = stringify([heading, ...cells], {
      escape_formulas: true,
      record_delimiter: "windows",
      bom: true,
    });
    const bytes = new TextEncoder().encode(text);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await recordAudit(tx, {
      action: "request_batch.download",
      actor,
      at,
      entity: { type: "request_batch", id: batchId },
      details: { rows: rows.length, bytes: bytes.byteLength, sha256 },
    });
    return { name: `${batch.name}.csv`, text };
  });
}
