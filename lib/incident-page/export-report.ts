import { createHash } from "node:crypto";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { countErrors } from "#lib/health-page/queries.ts";
import type { TroubleCause } from "#lib/incidents/schema.ts";
import { composeReport, type Report, type ReportWords } from "./compose-report.ts";
import { findIncident, listFailedCalls } from "./queries.ts";
import { windowOf } from "./rules.ts";

/** Most calls a report names one by one; the others are counted. */
const MOST_CALLS = 2_000;

type Words = { report: ReportWords; causeOf(cause: TroubleCause): string };

/**
 * The report for the provider about an incident of the API; null where there is no such incident. Audits
 * `incident.download` with the SHA-256 of what is handed over.
 */
export function exportReport(
  db: DatabaseOrTransaction,
  { incidentId, api }: { incidentId: string; api: Report["api"] },
  words: Words,
  actor: Actor,
  at: Date,
): Promise<{ name: string; text: string } | null> {
  return joinOrOpenTransaction(db, async (tx) => {
    const incident = await findIncident(tx, incidentId);
    if (incident === null || incident.part !== "api") return null;
    const range = windowOf(incident, at);
    const counts = await countErrors(tx, range);
    const failed = (await listFailedCalls(tx, range, MOST_CALLS)).toReversed();
    const causes = incident.causes.map(words.causeOf);
    const text = composeReport({ incident, range, api, counts, failed, causes, madeAt: at }, words.report);
    const bytes = new TextEncoder().encode(text);
    await recordAudit(tx, {
      action: "incident.download",
      actor,
      at,
      entity: { type: "incident", id: incidentId },
      details: { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.byteLength },
    });
    return { name: `incident-${incident.openedAt.toISOString().slice(0, 10)}.txt`, text };
  });
}
