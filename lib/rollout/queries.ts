import { and, asc, desc, eq, gte, isNull, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { gateways, rolloutIntents } from "#db/schema/control.ts";
import { rolloutChanges, rolloutPlans, rolloutStages, rollouts } from "#db/schema/rollouts.ts";
import { BIOMETRIC_LOGIN_FLAG, planSchema, type RolloutIntent } from "./schema.ts";
import type { GatewayStand, OpenRollout, Standing } from "./types.ts";

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

/** The intent, kept from changing until the caller's transaction ends; null before there is one. */
export async function lockIntent(tx: DatabaseOrTransaction): Promise<RolloutIntent | null> {
  await tx.execute(sql`select 1 from rollout_intents where flag = ${BIOMETRIC_LOGIN_FLAG} for update`);
  return findIntent(tx);
}

/** A gateway that has not reported for so long counts as gone. */
export const GATEWAY_SILENCE_SECONDS = 60;

/** The gateways that run, by name. */
export async function listGateways(
  db: DatabaseOrTransaction,
  intentVersion: number,
  now: Date,
): Promise<GatewayStand[]> {
  // One that started later had the intent to take from its start on.
  const sinceIntent = sql<
    number | null
  >`case when ${gateways.intentVersion} = ${intentVersion} then greatest(0, extract(epoch from
    ${gateways.intentTakenAt} - greatest(${rolloutIntents.recordedAt}, ${gateways.startedAt})) * 1000)::integer end`;
  return db
    .select({
      name: gateways.name,
      seenAt: gateways.seenAt,
      startedAt: gateways.startedAt,
      intentVersion: gateways.intentVersion,
      tookMs: sinceIntent,
      flagState: gateways.flagState,
      definitionHash: gateways.definitionHash,
    })
    .from(gateways)
    .innerJoin(rolloutIntents, eq(rolloutIntents.flag, BIOMETRIC_LOGIN_FLAG))
    .where(gte(gateways.seenAt, new Date(now.getTime() - GATEWAY_SILENCE_SECONDS * 1000)))
    .orderBy(asc(gateways.name));
}

/** How many gateways run, how many took the intent of this version, and after how long the last of those did. */
export async function countConfirmed(db: DatabaseOrTransaction, intentVersion: number, now: Date) {
  const running = await listGateways(db, intentVersion, now);
  const taken = running.flatMap(({ tookMs }) => tookMs ?? []);
  return {
    running: running.length,
    confirmed: taken.length,
    slowestMs: taken.length > 0 ? Math.max(...taken) : null,
  };
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
  const isDrilling = (await listUnsettledChanges(db)).some(({ kind }) => kind === "drill");
  return { intent, heldAt, isDrilling, rollout: await findOpenRollout(db) };
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
