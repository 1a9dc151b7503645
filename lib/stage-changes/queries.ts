import { and, desc, eq, gte, lt } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { rolloutChanges, rolloutStages } from "#db/schema/rollouts.ts";
import type { TimeRange } from "#lib/time-steps.ts";

/** Most halts that a chart marks. */
const HALTS_LISTED = 50;

/** When everybody was put on the legacy way within this time, newest first. */
export async function listHalts(db: DatabaseOrTransaction, { from, to }: TimeRange): Promise<Date[]> {
  const { at, kind } = rolloutChanges;
  const rows = await db
    .select({ at })
    .from(rolloutChanges)
    .where(and(eq(kind, "halt"), gte(at, from), lt(at, to)))
    .orderBy(desc(at))
    .limit(HALTS_LISTED);
  return rows.map((row) => row.at);
}

/** When stages of rollouts began within this time, oldest first. */
export const listStagesBegun = (db: DatabaseOrTransaction, { from, to }: TimeRange) =>
  db
    .select({ exposurePercent: rolloutStages.exposurePercent, beganAt: rolloutStages.beganAt })
    .from(rolloutStages)
    .where(and(gte(rolloutStages.beganAt, from), lt(rolloutStages.beganAt, to)))
    .orderBy(rolloutStages.beganAt);
