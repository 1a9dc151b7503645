import { and, eq, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { rolloutPlans, rollouts } from "#db/schema/rollouts.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newIdAt } from "#lib/ids.ts";
import { BIOMETRIC_LOGIN_FLAG, planSchema, type RolloutPlan } from "./schema.ts";

/**
 * Makes a rollout with its first plan; nothing is exposed before somebody starts it. Refused while another one has not
 * ended. Throws on a plan that is none. Audits `rollout.create`.
 */
export function createRollout(
  db: DatabaseOrTransaction,
  { build, plan }: { build: string; plan: RolloutPlan },
  actor: Actor & { id: string },
  at: Date,
): Promise<{ ok: true; rolloutId: string } | { ok: false; code: "open_already" }> {
  const values = planSchema.parse(plan);
  return joinOrOpenTransaction(db, async (tx) => {
    const rolloutId = newIdAt(at);
    const open = and(eq(rollouts.flag, BIOMETRIC_LOGIN_FLAG), isNull(rollouts.endedAt));
    if ((await tx.select({ id: rollouts.id }).from(rollouts).where(open)).length > 0)
      return { ok: false, code: "open_already" };
    await tx.insert(rollouts).values({
      ...{ id: rolloutId, flag: BIOMETRIC_LOGIN_FLAG, build, state: "planned" },
      ...{ createdBy: actor.id, createdAt: at },
    });
    await tx
      .insert(rolloutPlans)
      .values({ rolloutId, version: 1, values, changedBy: actor.id, changedAt: at });
    await recordAudit(tx, {
      action: "rollout.create",
      actor,
      at,
      entity: { type: "rollout", id: rolloutId },
      details: { build, stages: values.stages.map(({ exposurePercent }) => exposurePercent) },
    });
    return { ok: true, rolloutId };
  });
}
