import { and, desc, eq, gte, lt, or, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { gateways } from "#db/schema/control.ts";
import { logins } from "#db/schema/logins.ts";
import { rolloutSlices, rolloutStages, rolloutVerdicts } from "#db/schema/rollouts.ts";
import type { RolloutPlan } from "#lib/rollout/schema.ts";
import type { VerdictReason } from "#lib/rollout-evidence/schema.ts";
import type { StageInputs, Verdict } from "#lib/rollout-evidence/types.ts";
import { NOBODY } from "./rules.ts";
import type { LivedStage, StageArms, StoredVerdict, VerdictPoint } from "./types.ts";

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

/** A gateway reports itself every ten seconds. */
const SILENT_AFTER_SECONDS = 30;

/**
 * Whether ends of logins may still come that are not here: while a gateway holds lines in its journal, or held some when
 * it was last heard; while none is heard at all; and so long after one fell silent as an outcome is waited for, as it may
 * come back with a journal. Until then nothing is counted, and what was counted is not the newest.
 */
export async function hasPipelineGap(
  db: DatabaseOrTransaction,
  now: Date,
  { outcomeMinutes }: RolloutPlan,
): Promise<boolean> {
  const { seenAt, journalLines } = gateways;
  const before = (seconds: number) =>
    sql`${new Date(now.getTime() - seconds * 1000).toISOString()}::timestamptz`;
  const isHeard = sql`${seenAt} > ${before(SILENT_AFTER_SECONDS)}`;
  const [row] = await db
    .select({
      isGap: sql<boolean>`coalesce(not bool_or(${isHeard}) or bool_or(${journalLines} > 0)
        or bool_or(not ${isHeard} and ${seenAt} > ${before(outcomeMinutes * 60)}), false)`,
    })
    .from(gateways);
  return row?.isGap === true;
}

/** How many slices are looked through for a login: more than the rule takes for blind. */
const SLICES_LOOKED_THROUGH = 5;

/** When the newest login of either way was opened that may count, whoever made it; null where none was seen. */
export async function findNewestLogin(
  db: DatabaseOrTransaction,
  { id: ofStage, countedTo, exposurePercent }: LivedStage,
  { sliceMinutes }: RolloutPlan,
): Promise<Date | null> {
  if (countedTo === null) return null;
  const from = new Date(countedTo.getTime() - SLICES_LOOKED_THROUGH * sliceMinutes * 60_000);
  const [login] = await db
    .select({ openedAt: logins.openedAt })
    .from(logins)
    .where(
      and(
        gte(logins.openedAt, from),
        lt(logins.openedAt, countedTo),
        eq(logins.exposurePercent, exposurePercent),
        or(eq(logins.path, "biometric"), eq(logins.reason, "not_exposed")),
      ),
    )
    .orderBy(desc(logins.openedAt))
    .limit(1);
  if (login !== undefined) return login.openedAt;
  const [slice] = await db
    .select({ startsAt: rolloutSlices.startsAt })
    .from(rolloutSlices)
    .where(eq(rolloutSlices.stageId, ofStage))
    .orderBy(desc(rolloutSlices.startsAt))
    .limit(1);
  return slice?.startsAt ?? null;
}
