import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { historyExports } from "#db/schema/history-exports.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newId } from "#lib/ids.ts";
import { countVerifications, readCounts } from "./queries.ts";
import { columnsOf } from "./rules.ts";
import type { ExportFilters, ExportKind } from "./types.ts";

type Wanted = { kind: ExportKind; namesPeople: boolean; filters: ExportFilters; reason: string };
type Asker = Actor & { id: string };

/**
 * Says what is about to be exported and why, and under which id it may be fetched: nothing leaves before this stands in
 * the log. What is made at `at` or later is in no file that was asked for then. Audits `history.export`.
 */
export function openExport(
  db: DatabaseOrTransaction,
  { kind, namesPeople, filters, reason }: Wanted,
  actor: Asker,
  at: Date,
): Promise<{ exportId: string; rowsExpected: number }> {
  // In no order and named by nothing: whoever knows of one export can guess no other.
  const exportId = newId();
  const until = filters.to < at ? filters.to : at;
  const bounded = { ...filters, to: until };
  return joinOrOpenTransaction(db, async (tx) => {
    const rowsExpected =
      kind === "rows" ? await countVerifications(tx, bounded) : (await readCounts(tx, bounded)).length;
    await tx.insert(historyExports).values({
      id: exportId,
      memberId: actor.id,
      kind,
      filters: bounded,
      namesPeople,
      reason,
      askedAt: at,
      state: "asked",
      seenAt: at,
      rowsExpected,
    });
    await recordAudit(tx, {
      action: "history.export",
      actor,
      at,
      entity: { type: "history", id: exportId },
      details: {
        stage: "started",
        what: kind,
        filters: bounded,
        customIds: namesPeople,
        columns: columnsOf(kind, namesPeople).length,
        linesExpected: rowsExpected,
        reason,
      },
    });
    return { exportId, rowsExpected };
  });
}
