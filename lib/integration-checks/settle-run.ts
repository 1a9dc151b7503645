import { and, eq, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { integrationRuns } from "#db/schema/integration.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { countTestPeople, listResults } from "./queries.ts";
import { countVerdicts } from "./rules.ts";
import type { RunState } from "./types.ts";

const SYSTEM = { id: null, role: "system" } as const;

/** Writes down how a run ended, once; false where it had ended before. Audits `integration_run.settle`. */
export function settleRun(
  db: DatabaseOrTransaction,
  runId: string,
  state: Extract<RunState, "finished" | "stopped" | "cut_off">,
  at: Date,
): Promise<boolean> {
  return joinOrOpenTransaction(db, async (tx) => {
    const settled = await tx
      .update(integrationRuns)
      .set({ state, endedAt: at })
      .where(and(eq(integrationRuns.id, runId), isNull(integrationRuns.endedAt)))
      .returning({ id: integrationRuns.id });
    if (settled.length === 0) return false;
    const { left } = await countTestPeople(tx, runId);
    await recordAudit(tx, {
      action: "integration_run.settle",
      actor: SYSTEM,
      at,
      entity: { type: "integration_run", id: runId },
      details: { state, verdicts: countVerdicts(await listResults(tx, runId)), testPeopleLeft: left },
    });
    return true;
  });
}
