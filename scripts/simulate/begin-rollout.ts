import { setTimeout as delay } from "node:timers/promises";
import { gte, sql } from "drizzle-orm";
import { logins } from "#db/schema/logins.ts";
import { auditKeyOf } from "#lib/audit/seal-bytes.ts";
import { addAdopters } from "#lib/early-adopters/add-adopters.ts";
import { ledgerRefOf } from "#lib/ledger/rules.ts";
import type { RolloutDesk } from "#lib/rollout/change-rollout.ts";
import { createRollout } from "#lib/rollout/create-rollout.ts";
import { findStanding } from "#lib/rollout/queries.ts";
import type { RolloutPlan } from "#lib/rollout/schema.ts";
import { CannotSeed } from "../seed/arguments.ts";
import type { Secrets } from "../supervisor/secrets.ts";
import { BUILD } from "./demonstration-plan.ts";
import type { SimulatedPerson } from "./people.ts";
import { actOn, type ProductManager } from "./product-manager.ts";

const MINUTE_MS = 60_000;

type Wanted = {
  plan: RolloutPlan;
  people: readonly SimulatedPerson[];
  secrets: Pick<Secrets, "auditSecret" | "ledgerSecret">;
};

/**
 * Makes a rollout by the demonstration plan and starts it, with its early adopters; one that is open already is gone on with.
 * Answers its id.
 * @throws CannotSeed where the flag cannot be led.
 */
export async function beginRollout(
  desk: RolloutDesk,
  { plan, people, secrets }: Wanted,
  manager: ProductManager,
): Promise<{ rolloutId: string; isNew: boolean }> {
  const before = await findStanding(desk.db);
  if (before?.intent.halted)
    throw new CannotSeed("Biometrics are halted. End the halt in the console first, then try again.");
  const early = people.flatMap(({ customId, isEarlyAdopter }) => (isEarlyAdopter ? [customId] : []));
  const refOf = (customId: string) => ledgerRefOf(secrets.ledgerSecret, customId);
  const adder = { actor: manager, auditKey: auditKeyOf(secrets.auditSecret), refOf };
  await addAdopters(desk.db, early, adder, desk.clock());
  if (before?.rollout?.startedAt) return { rolloutId: before.rollout.id, isNew: false };
  if (before?.rollout === null) await createRollout(desk.db, { build: BUILD, plan }, manager, desk.clock());
  await untilFreshMinute(desk);
  const standing = await findStanding(desk.db);
  if (standing?.rollout == null) throw new Error("The rollout is gone.");
  const refused = await actOn(desk, { standing, wish: { kind: "start" } }, manager);
  if (refused !== null)
    throw new CannotSeed(
      `The rollout could not be started: ${refused}. What Unleash shows must be what was asked; the console says where it differs.`,
    );
  return { rolloutId: standing.rollout.id, isNew: true };
}

/** Limits are held against counts by the minute: logins before the rollout in its first one would count as its own. */
async function untilFreshMinute({ db }: RolloutDesk): Promise<void> {
  const thisMinute = gte(logins.openedAt, sql`date_trunc('minute', now())`);
  const some = await db.select({ id: logins.id }).from(logins).where(thisMinute).limit(1);
  if (some.length > 0) await delay(MINUTE_MS - (Date.now() % MINUTE_MS));
}
