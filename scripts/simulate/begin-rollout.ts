import { earlyAdopters } from "#db/schema/rollouts.ts";
import type { RolloutDesk } from "#lib/rollout/change-rollout.ts";
import { createRollout } from "#lib/rollout/create-rollout.ts";
import { findStanding } from "#lib/rollout/queries.ts";
import { CannotSeed } from "../seed/arguments.ts";
import { BUILD, compressPlan } from "./demonstration-plan.ts";
import type { SimulatedPerson } from "./people.ts";
import { actOn, type ProductManager } from "./product-manager.ts";

/**
 * Makes a rollout by the demonstration plan and starts it, with its early adopters; one that is open already is gone on with.
 * Answers its id.
 * @throws CannotSeed where the flag cannot be led.
 */
export async function beginRollout(
  desk: RolloutDesk,
  { speed, people }: { speed: number; people: readonly SimulatedPerson[] },
  manager: ProductManager,
): Promise<{ rolloutId: string; isNew: boolean }> {
  const before = await findStanding(desk.db);
  if (before?.intent.halted)
    throw new CannotSeed("Biometrics are halted. End the halt in the console first, then try again.");
  if (before?.rollout?.startedAt) return { rolloutId: before.rollout.id, isNew: false };
  const early = people.filter(({ isEarlyAdopter }) => isEarlyAdopter);
  const added = { addedBy: manager.id, addedAt: desk.clock() };
  await desk.db
    .insert(earlyAdopters)
    .values(early.map(({ customId }) => ({ customId, ...added })))
    .onConflictDoNothing();
  const plan = compressPlan(speed);
  if (before?.rollout === null) await createRollout(desk.db, { build: BUILD, plan }, manager, desk.clock());
  const standing = await findStanding(desk.db);
  if (standing?.rollout == null) throw new Error("The rollout is gone.");
  const refused = await actOn(desk, { standing, wish: { kind: "start" } }, manager);
  if (refused !== null)
    throw new CannotSeed(
      `The rollout could not be started: ${refused}. What Unleash shows must be what was asked; the console says where it differs.`,
    );
  return { rolloutId: standing.rollout.id, isNew: true };
}
