import { and, eq, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { rolloutChanges, rolloutStages, rollouts } from "#db/schema/rollouts.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor, RolloutFacts } from "#lib/audit/types.ts";
import { newIdAt } from "#lib/ids.ts";
import type { FlagChangeTrouble } from "#lib/unleash/change-flag.ts";
import { putIntent, type RolloutDifference } from "./intend-change.ts";
import { findIntent, lockIntent } from "./queries.ts";
import { isWidening } from "./rules.ts";

/** What came of a change at Unleash. `unchanged`: surely nothing. */
export type ChangeOutcome =
  | { state: "confirmed" }
  | { state: "refused" | "unknown"; trouble: FlagChangeTrouble };

/**
 * Ends a change with what came of it. Confirmed, the rollout stands at its new place. What narrows holds for the gateways
 * even where Unleash refused it or nobody knows; what widens is taken back where Unleash surely refused it. A halt that
 * came in between stays. Unknown, it stays open for the worker to read back. Answers false where another has settled it.
 * Audits `rollout.settle`.
 */
export function settleChange(
  db: DatabaseOrTransaction,
  { changeId, difference }: { changeId: string; difference: RolloutDifference },
  outcome: ChangeOutcome,
  actor: Actor,
  at: Date,
): Promise<boolean> {
  return joinOrOpenTransaction(db, async (tx) => {
    await lockIntent(tx);
    const trouble = outcome.state === "confirmed" ? null : outcome.trouble;
    const { before, after, rolloutId, kind } = difference;
    const isWider = isWidening(before, after);
    const isOpen = outcome.state === "unknown" && isWider;
    const state = outcome.state === "refused" && !isWider ? "confirmed" : outcome.state;
    const [held] = await tx
      .update(rolloutChanges)
      .set({ state: outcome.state, trouble, settledAt: isOpen ? null : at })
      .where(and(eq(rolloutChanges.id, changeId), isNull(rolloutChanges.settledAt)))
      .returning({ id: rolloutChanges.id });
    if (held === undefined) return false;
    await recordAudit(tx, {
      action: "rollout.settle",
      actor,
      at,
      entity: { type: "rollout", id: rolloutId },
      details: { changeId, kind, state: outcome.state, trouble },
    });
    if (isOpen) return true;
    const holds = state === "refused" ? before : after;
    const intentVersion = await bring(tx, holds, actor, at);
    await tx.update(rolloutChanges).set({ intentVersion }).where(eq(rolloutChanges.id, changeId));
    if (state !== "refused") await moveStage(tx, difference, intentVersion, at);
    return true;
  });
}

/** Brings the intent to where it shall stand, unless it does; a halt since is kept, and ends only by its own act. */
async function bring(
  tx: DatabaseOrTransaction,
  facts: RolloutFacts,
  actor: Actor,
  at: Date,
): Promise<number> {
  const intent = await findIntent(tx);
  if (intent === null) throw new Error("There is no intent of the flag.");
  const { exposurePercent, offersEarlyAdopters, held } = facts;
  const isThere =
    intent.exposurePercent === exposurePercent &&
    intent.offersEarlyAdopters === offersEarlyAdopters &&
    (intent.halted || !facts.halted);
  if (isThere) return intent.version;
  const halted = intent.halted || facts.halted;
  return putIntent(tx, { ...facts, exposurePercent, offersEarlyAdopters, held, halted }, actor, at);
}

/** Ends the stage that was lived and begins the next one, where the place changes; ends the rollout where it does. */
async function moveStage(
  tx: DatabaseOrTransaction,
  { rolloutId, before, after, end, kind }: RolloutDifference,
  intentVersion: number,
  at: Date,
): Promise<void> {
  if (rolloutId === null) return;
  if (before.place !== after.place || end !== null) {
    const isBack = before.place !== null && after.place !== null && after.place < before.place;
    const endedAs = end ?? (isBack ? "rolled_back" : "advanced");
    const open = and(eq(rolloutStages.rolloutId, rolloutId), isNull(rolloutStages.endedAt));
    await tx.update(rolloutStages).set({ endedAt: at, endedAs }).where(open);
  }
  if (end !== null) {
    await tx.update(rollouts).set({ state: end, endedAt: at }).where(eq(rollouts.id, rolloutId));
    return;
  }
  if (after.place === null || before.place === after.place) return;
  const { place, exposurePercent } = after;
  const id = newIdAt(at);
  await tx
    .insert(rolloutStages)
    .values({ id, rolloutId, place, exposurePercent, intentVersion, beganAt: at });
  if (kind === "start") {
    await tx.update(rollouts).set({ state: "running", startedAt: at }).where(eq(rollouts.id, rolloutId));
  }
}
