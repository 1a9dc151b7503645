import { and, eq, inArray } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { historyExports } from "#db/schema/history-exports.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import type { ExportEnd } from "./types.ts";

type Ended = {
  exportId: string;
  /** Only where this member asked for it. */
  memberId?: string;
  ended: ExportEnd;
};

/**
 * Writes down how an export ended, once: false where it had ended before, or is not this member's. Audits
 * `history.export`.
 */
export function settleExport(
  db: DatabaseOrTransaction,
  { exportId, memberId, ended }: Ended,
  actor: Actor,
  at: Date,
): Promise<boolean> {
  const { stage, ...told } = ended;
  return joinOrOpenTransaction(db, async (tx) => {
    const [settled] = await tx
      .update(historyExports)
      .set({ ...told, state: stage, endedAt: at, seenAt: at })
      .where(
        and(
          eq(historyExports.id, exportId),
          inArray(historyExports.state, ["asked", "running"]),
          memberId === undefined ? undefined : eq(historyExports.memberId, memberId),
        ),
      )
      .returning({ what: historyExports.kind });
    if (!settled) return false;
    await recordAudit(tx, {
      action: "history.export",
      actor,
      at,
      entity: { type: "history", id: exportId },
      details: endOf(settled.what, ended),
    });
    return true;
  });
}

function endOf(what: "rows" | "counts", ended: ExportEnd) {
  switch (ended.stage) {
    case "finished": {
      const { stage, rows: lines, bytes, sha256 } = ended;
      return { stage, what, lines, bytes, sha256 };
    }
    case "broken":
      return { stage: ended.stage, what, lines: ended.rows };
    default:
      return { stage: ended.stage, what };
  }
}
