import { and, eq, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { rolloutChanges, rolloutPlans } from "#db/schema/rollouts.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newIdAt } from "#lib/ids.ts";
import { findOpenRollout, lockIntent } from "./queries.ts";
import { planFactsOf, whyNotPlan } from "./rules.ts";
import type { RolloutPlan } from "./schema.ts";
import type { PlanRefusal } from "./types.ts";

/**
 * Puts another version of the open rollout's plan in force. What was lived stays: the exposures of the stages up to the
 * present one cannot be changed, their margins and times can. Nobody's exposure changes by it. Audits
 * `rollout.change_plan`.
 */
export function changePlan(
  db: DatabaseOrTransaction,
  { plan, planVersion, reason }: { plan: RolloutPlan; planVersion: number; reason: string },
  actor: Actor & { id: string },
  at: Date,
): Promise<{ ok: true; version: number } | { ok: false; code: PlanRefusal }> {
  return joinOrOpenTransaction(db, async (tx) => {
    await lockIntent(tx);
    const rollout = await findOpenRollout(tx);
    if (rollout === null) return { ok: false, code: "no_rollout" };
    if (rollout.planVersion !== planVersion) return { ok: false, code: "stale_version" };
    const unsettled = and(eq(rolloutChanges.rolloutId, rollout.id), isNull(rolloutChanges.settledAt));
    const underWay = await tx
      .select({ id: rolloutChanges.id })
      .from(rolloutChanges)
      .where(unsettled)
      .limit(1);
    if (underWay.length > 0) return { ok: false, code: "being_changed" };
    const refusal = whyNotPlan(rollout, plan);
    if (refusal !== null) return { ok: false, code: refusal };
    const version = planVersion + 1;
    const { id: rolloutId } = rollout;
    await tx
      .insert(rolloutPlans)
      .values({ rolloutId, version, values: plan, changedBy: actor.id, changedAt: at, reason });
    const [before, after] = [planFactsOf(rollout.plan), planFactsOf(plan)];
    await tx.insert(rolloutChanges).values({
      ...{ id: newIdAt(at), rolloutId, kind: "change_plan", state: "confirmed" },
      ...{ difference: { before, after }, reason, by: actor.id, at, settledAt: at },
    });
    await recordAudit(tx, {
      action: "rollout.change_plan",
      actor,
      at,
      entity: { type: "rollout", id: rolloutId },
      details: { version, before, after, reason },
    });
    return { ok: true, version };
  });
}
