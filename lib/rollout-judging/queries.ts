import { desc, eq, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { rolloutSlices, rolloutStages, rolloutVerdicts } from "#db/schema/rollouts.ts";
import type { VerdictReason } from "#lib/rollout-evidence/schema.ts";
import type { StageInputs, Verdict } from "#lib/rollout-evidence/types.ts";
import { NOBODY } from "./rules.ts";
import type { StageArms, StoredVerdict, VerdictPoint } from "./types.ts";

const { id, stageId, at, decision, reason, ruleVersion, inputs, verdict } = rolloutVerdicts;

/** What the rule said last of a stage, with its inputs; null before the first verdict. */
export async function findLatestVerdict(
  db: DatabaseOrTransaction,
  ofStage: string,
): Promise<StoredVerdict | null> {
  const [row] = await db
    .select({ id, stageId, at, ruleVersion, inputs, verdict })
    .from(rolloutVerdicts)
    .where(eq(stageId, ofStage))
    .orderBy(desc(at), desc(id))
    .limit(1);
  // Both columns are written by the judge alone, as the rule took and gave them.
  return row === undefined
    ? null
    : { ...row, inputs: row.inputs as StageInputs, verdict: row.verdict as Verdict };
}

/** The newest verdicts of a stage as a series, oldest first. */
export async function listVerdicts(
  db: DatabaseOrTransaction,
  ofStage: string,
  limit: number,
): Promise<VerdictPoint[]> {
  const rows = await db
    .select({ id, at, decision, reason, verdict })
    .from(rolloutVerdicts)
    .where(eq(stageId, ofStage))
    .orderBy(desc(at), desc(id))
    .limit(limit);
  return rows
    .map((row) => ({
      ...{ id: row.id, at: row.at, decision: row.decision },
      ...{ reason: row.reason as VerdictReason, gates: (row.verdict as Verdict).gates },
    }))
    .reverse();
}

const sumOf = (column: PgColumn) => sql<number>`sum(${column})`.mapWith(Number);

/** The people of a stage by the way they were sent, and how their first logins ended. */
export async function findArms(db: DatabaseOrTransaction, ofStage: string): Promise<StageArms> {
  const [stage] = await db
    .select({ countedTo: rolloutStages.countedTo })
    .from(rolloutStages)
    .where(eq(rolloutStages.id, ofStage));
  const { arm, people, approved, notCompleted, lockedOut, slow, onLegacy, reported } = rolloutSlices;
  const rows = await db
    .select({
      arm,
      ...{ people: sumOf(people), approved: sumOf(approved), notCompleted: sumOf(notCompleted) },
      ...{ lockedOut: sumOf(lockedOut), slow: sumOf(slow) },
      ...{ onLegacy: sumOf(onLegacy), reported: sumOf(reported) },
    })
    .from(rolloutSlices)
    .where(eq(rolloutSlices.stageId, ofStage))
    .groupBy(arm);
  const sumsOf = (wanted: "biometric" | "legacy") => {
    const { arm: _, ...sums } = rows.find((row) => row.arm === wanted) ?? { arm: wanted, ...NOBODY };
    return sums;
  };
  return { biometric: sumsOf("biometric"), legacy: sumsOf("legacy"), countedTo: stage?.countedTo ?? null };
}
