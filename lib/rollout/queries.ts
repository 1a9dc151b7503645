import { and, asc, desc, eq, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { rolloutIntents } from "#db/schema/control.ts";
import { rolloutChanges, rolloutPlans, rolloutStages, rollouts } from "#db/schema/rollouts.ts";
import { BIOMETRIC_LOGIN_FLAG, planSchema, type RolloutIntent } from "./schema.ts";
import type { OpenRollout, Standing } from "./types.ts";

/** What we want of the flag `biometric-login` now, or null before the first start has written it. */
export async function findIntent(db: DatabaseOrTransaction): Promise<RolloutIntent | null> {
  const rows = await db
    .select({
      exposurePercent: rolloutIntents.exposurePercent,
      offersEarlyAdopters: rolloutIntents.offersEarlyAdopters,
      halted: rolloutIntents.halted,
      version: rolloutIntents.version,
    })
    .from(rolloutIntents)
    .where(eq(rolloutIntents.flag, BIOMETRIC_LOGIN_FLAG));
  return rows[0] ?? null;
}

/** When the intent last changed; null before there is one. */
export async function findIntentChange(db: DatabaseOrTransaction): Promise<Date | null> {
  const rows = await db
    .select({ changedAt: rolloutIntents.changedAt })
    .from(rolloutIntents)
    .where(eq(rolloutIntents.flag, BIOMETRIC_LOGIN_FLAG));
  return rows[0]?.changedAt ?? null;
}

/** Where the flag stands: the intent, and the rollout that has not ended with its plan in force. Null before a first start. */
export async function findStanding(db: DatabaseOrTransaction): Promise<Standing | null> {
  const [row] = await db.select().from(rolloutIntents).where(eq(rolloutIntents.flag, BIOMETRIC_LOGIN_FLAG));
  if (row === undefined) return null;
  const { exposurePercent, offersEarlyAdopters, halted, version, heldAt } = row;
  const intent = { exposurePercent, offersEarlyAdopters, halted, version };
  return { intent, heldAt, rollout: await findOpenRollout(db) };
}

/** The rollout that has not ended, if there is one. */
export async function findOpenRollout(db: DatabaseOrTransaction): Promise<OpenRollout | null> {
  const [row] = await db
    .select({ rollout: rollouts, plan: rolloutPlans, stage: rolloutStages })
    .from(rollouts)
    .innerJoin(rolloutPlans, eq(rolloutPlans.rolloutId, rollouts.id))
    .leftJoin(rolloutStages, and(eq(rolloutStages.rolloutId, rollouts.id), isNull(rolloutStages.endedAt)))
    .where(and(eq(rollouts.flag, BIOMETRIC_LOGIN_FLAG), isNull(rollouts.endedAt)))
    .orderBy(desc(rolloutPlans.version))
    .limit(1);
  if (row === undefined) return null;
  const { rollout, plan, stage } = row;
  return {
    id: rollout.id,
    build: rollout.build,
    startedAt: rollout.startedAt,
    plan: planSchema.parse(plan.values),
    planVersion: plan.version,
    stage: stage && { id: stage.id, place: stage.place, beganAt: stage.beganAt },
  };
}

export type ChangeRow = typeof rolloutChanges.$inferSelect;

/** A change that was written as intended and of which nobody knows yet what came of it; the oldest first. */
export const listUnsettledChanges = (db: DatabaseOrTransaction): Promise<ChangeRow[]> =>
  db
    .select()
    .from(rolloutChanges)
    .where(isNull(rolloutChanges.settledAt))
    .orderBy(asc(rolloutChanges.at), asc(rolloutChanges.id));

/** What was done, newest first. */
export const listChanges = (db: DatabaseOrTransaction, limit: number): Promise<ChangeRow[]> =>
  db.select().from(rolloutChanges).orderBy(desc(rolloutChanges.at), desc(rolloutChanges.id)).limit(limit);
