import canonicalize from "canonicalize";
import { desc, eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { rolloutChanges, rolloutStages, rolloutVerdicts } from "#db/schema/rollouts.ts";
import { newIdAt } from "#lib/ids.ts";
import type { StageInputs, Verdict } from "#lib/rollout-evidence/types.ts";

/** The rule as lib/rollout-evidence states it; another rule is another number, so that old verdicts are not replayed by it. */
const RULE_VERSION = 1;
/** Where nothing changes one verdict is kept for each slice, at most so many minutes apart. */
const KEPT_EVERY_MINUTES = 15;

/**
 * Keeps a verdict with everything the rule was told, and answers its id. The first of each new state stays, and one for
 * each slice while nothing changes; in between the newest takes the place of the one before. What was acted upon, by the
 * rule or by a person, never changes. The stage's row is the lock.
 */
export function touchVerdict(
  db: DatabaseOrTransaction,
  stageId: string,
  { inputs, verdict, at }: { inputs: StageInputs; verdict: Verdict; at: Date },
): Promise<string> {
  return joinOrOpenTransaction(db, async (tx) => {
    await tx
      .select({ id: rolloutStages.id })
      .from(rolloutStages)
      .where(eq(rolloutStages.id, stageId))
      .for("update");
    const [last, before] = await listLastTwo(tx, stageId);
    const { decision, reason } = verdict;
    const row = { at, decision, reason, ruleVersion: RULE_VERSION, inputs, verdict };
    const minutes = Math.min(KEPT_EVERY_MINUTES, inputs.sliceMinutes);
    const keptUntil = at.getTime() - minutes * 60_000;
    const isSame = (other: typeof last) => other !== undefined && stateOf(other.verdict) === stateOf(verdict);
    const isPassing =
      last !== undefined && before !== undefined && !last.wasFollowed && before.at.getTime() > keptUntil;
    if (isPassing && isSame(last) && isSame(before)) {
      await tx.update(rolloutVerdicts).set(row).where(eq(rolloutVerdicts.id, last.id));
      return last.id;
    }
    const id = newIdAt(at);
    await tx.insert(rolloutVerdicts).values({ id, stageId, ...row });
    return id;
  });
}

/** What people see of a verdict at a glance. */
const stateOf = ({ decision, reason, metrics, slices, gates }: Verdict): string =>
  canonicalize({ decision, reason, metrics, slices, gates: gates.map(({ state }) => state) }) ?? "";

async function listLastTwo(tx: DatabaseOrTransaction, stageId: string) {
  const { id, at, verdict } = rolloutVerdicts;
  const wasFollowed = sql<boolean>`exists (select from ${rolloutChanges} c where c.verdict_id = ${id})`;
  const rows = await tx
    .select({ id, at, verdict, wasFollowed })
    .from(rolloutVerdicts)
    .where(eq(rolloutVerdicts.stageId, stageId))
    .orderBy(desc(at), desc(id))
    .limit(2);
  return rows.map((row) => ({ ...row, verdict: row.verdict as Verdict }));
}
