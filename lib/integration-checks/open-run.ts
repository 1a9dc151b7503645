import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { integrationRuns } from "#db/schema/integration.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { planFor } from "#lib/contract-checks/catalogue.ts";
import { newIdAt } from "#lib/ids.ts";
import { type CheckedApi, INTEGRATION_CHANNEL } from "./types.ts";

export type OpenRunResult = { ok: true; runId: string } | { ok: false; code: "already_open" };

/**
 * Asks for a run of the checks against the configured API; the worker makes it, or the script that asked. One at a time.
 * Audits `integration_run.open`.
 */
export function openRun(
  db: DatabaseOrTransaction,
  { origin, kind, keyEnd }: CheckedApi,
  actor: Actor,
  at: Date,
): Promise<OpenRunResult> {
  const { checks, calls } = planFor(kind);
  const id = newIdAt(at);
  return joinOrOpenTransaction(db, async (tx): Promise<OpenRunResult> => {
    const opened = await tx
      .insert(integrationRuns)
      .values({
        ...{ id, origin, kind, keyEnd, askedBy: actor.id, askedAt: at, state: "asked" as const },
        checks: checks.length,
        callsAtMost: calls,
      })
      .onConflictDoNothing()
      .returning({ id: integrationRuns.id });
    if (opened.length === 0) return { ok: false, code: "already_open" };
    await recordAudit(tx, {
      action: "integration_run.open",
      actor,
      at,
      entity: { type: "integration_run", id },
      details: { kind, checks: checks.length, callsAtMost: calls },
    });
    await tx.execute(sql`select pg_notify(${INTEGRATION_CHANNEL}, '')`);
    return { ok: true, runId: id };
  });
}
