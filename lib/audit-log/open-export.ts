import type { DatabaseOrTransaction } from "#db/client.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newIdAt } from "#lib/ids.ts";
import { CSV_COLUMNS } from "./rules.ts";
import type { ExportKind, LogFilters } from "./types.ts";

type Wanted = { what: ExportKind; filters: LogFilters };

/**
 * Says in the log what is about to be exported, and under which id it may be fetched: nothing leaves before this stands
 * there. Audits `audit.export`.
 */
export async function openExport(
  db: DatabaseOrTransaction,
  { what, filters }: Wanted,
  actor: Actor,
  at: Date,
): Promise<{ exportId: string }> {
  const exportId = newIdAt(at);
  const isList = what === "list";
  await recordAudit(db, {
    action: "audit.export",
    actor,
    at,
    entity: { type: "audit", id: exportId },
    details: {
      stage: "started",
      what,
      filters: isList ? filters : null,
      columns: isList ? CSV_COLUMNS.length : null,
    },
  });
  return { exportId };
}
