import { and, eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { integrationRuns } from "#db/schema/integration.ts";

/** Takes up a run that was asked for; false where somebody else has it or it was ended. */
export async function touchStart(db: DatabaseOrTransaction, runId: string, at: Date): Promise<boolean> {
  const taken = await db
    .update(integrationRuns)
    .set({ state: "running", startedAt: at, seenAt: at })
    .where(and(eq(integrationRuns.id, runId), eq(integrationRuns.state, "asked")))
    .returning({ id: integrationRuns.id });
  return taken.length > 0;
}

/** Says that a run goes on, and hears whether it is to: `lost` where somebody held its maker for dead and ended it. */
export async function touchRun(
  db: DatabaseOrTransaction,
  runId: string,
  at: Date,
): Promise<"goes_on" | "stop" | "lost"> {
  const [seen] = await db
    .update(integrationRuns)
    .set({ seenAt: at })
    .where(and(eq(integrationRuns.id, runId), eq(integrationRuns.state, "running")))
    .returning({ isStopped: sql<boolean>`${integrationRuns.stopAskedAt} is not null` });
  if (seen === undefined) return "lost";
  return seen.isStopped ? "stop" : "goes_on";
}
