import { and, eq, isNull, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { integrationRuns } from "#db/schema/integration.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { INTEGRATION_CHANNEL } from "./types.ts";

/**
 * Asks whoever makes a run to stop before its next check; its test people are deleted all the same. Audits
 * `integration_run.halt`.
 */
export function haltRun(
  db: DatabaseOrTransaction,
  runId: string,
  actor: Actor,
  at: Date,
): Promise<{ ok: true } | { ok: false; code: "not_found" }> {
  return joinOrOpenTransaction(db, async (tx) => {
    const halted = await tx
      .update(integrationRuns)
      .set({ stopAskedAt: at })
      .where(
        and(
          eq(integrationRuns.id, runId),
          isNull(integrationRuns.endedAt),
          isNull(integrationRuns.stopAskedAt),
        ),
      )
      .returning({ id: integrationRuns.id });
    if (halted.length === 0) return { ok: false, code: "not_found" };
    await recordAudit(tx, {
      action: "integration_run.halt",
      actor,
      at,
      entity: { type: "integration_run", id: runId },
      details: {},
    });
    await tx.execute(sql`select pg_notify(${INTEGRATION_CHANNEL}, '')`);
    return { ok: true };
  });
}
