import { desc, eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { rolloutStages, rollouts } from "#db/schema/rollouts.ts";
import { findStanding } from "#lib/rollout/queries.ts";
import type { Standing } from "#lib/rollout/types.ts";
import { findLatestVerdict } from "#lib/rollout-judging/queries.ts";
import type { StoredVerdict } from "#lib/rollout-judging/types.ts";

/** A rollout as it stands at a moment. */
export type Sight = {
  standing: Standing;
  state: (typeof rollouts.$inferSelect)["state"];
  /** The stage it stands at, or that it ended at; null before the first. */
  stage: { id: string; place: number; exposurePercent: number; beganAt: Date; isOpen: boolean } | null;
  /** What the rule said last of that stage. */
  verdict: StoredVerdict | null;
};

/** Looks at a rollout. Throws where it, or the intent of the flag, is gone. */
export async function lookAt(db: DatabaseOrTransaction, rolloutId: string): Promise<Sight> {
  const [standing, [rollout], [stage]] = await Promise.all([
    findStanding(db),
    db.select({ state: rollouts.state }).from(rollouts).where(eq(rollouts.id, rolloutId)),
    db
      .select()
      .from(rolloutStages)
      .where(eq(rolloutStages.rolloutId, rolloutId))
      .orderBy(desc(rolloutStages.beganAt), desc(rolloutStages.id))
      .limit(1),
  ]);
  if (standing === null || rollout === undefined) throw new Error("The rollout is gone.");
  if (stage === undefined) return { standing, state: rollout.state, stage: null, verdict: null };
  const { id, place, exposurePercent, beganAt, endedAt } = stage;
  return {
    ...{ standing, state: rollout.state },
    stage: { id, place, exposurePercent, beganAt, isOpen: endedAt === null },
    verdict: await findLatestVerdict(db, id),
  };
}
