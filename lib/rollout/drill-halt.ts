import { setTimeout as delay } from "node:timers/promises";
import { and, eq, gt } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { rolloutChanges } from "#db/schema/rollouts.ts";
import type { Actor } from "#lib/audit/types.ts";
import { changeFlag, switchFlagOff } from "#lib/unleash/change-flag.ts";
import { outcomeOf, type RolloutDesk } from "./change-rollout.ts";
import { intendChange, putIntent, type RolloutDifference } from "./intend-change.ts";
import { countConfirmed, lockIntent } from "./queries.ts";
import { wantedOf } from "./rules.ts";
import { settleChange } from "./settle-change.ts";
import { touchConfirmations } from "./touch-confirmations.ts";
import type { ChangeResult } from "./types.ts";

/** A gateway that says nothing for so long is not waited for: the drill is over, and names how many confirmed. */
const WAITED_MS = 10_000;
const LOOKED_EVERY_MS = 100;

/**
 * Halts for as long as it takes every gateway to confirm it, at most ten seconds, and lets go again: the way back, tried
 * before it is needed. Nobody is asked for more than their legacy login meanwhile. Cut off, the worker ends it; a halt
 * that somebody means stays. Audits `rollout.drill` and `rollout.settle`.
 */
export async function drillHalt(
  desk: RolloutDesk,
  { seenVersion, reason }: { seenVersion: number; reason: string | null },
  actor: Actor,
): Promise<ChangeResult> {
  const wanted = { wish: { kind: "drill" }, seenVersion, digest: null, reason } as const;
  const intended = await intendChange(desk.db, wanted, actor, desk.clock());
  if (!intended.ok) return intended;
  await switchFlagOff(desk.admin, desk.environment);
  const { intentVersion } = intended;
  for (let waited = 0; waited < WAITED_MS; waited += LOOKED_EVERY_MS) {
    const { running, confirmed } = await countConfirmed(desk.db, intentVersion, desk.clock());
    if (confirmed === running) break;
    await delay(LOOKED_EVERY_MS);
  }
  await touchConfirmations(desk.db, desk.clock());
  return endDrill(desk, intended, actor);
}

/** Lets go of a halt that was a drill, unless somebody has halted since; may be repeated. Audits `rollout.settle`. */
export async function endDrill(
  desk: RolloutDesk,
  { changeId, difference }: { changeId: string; difference: RolloutDifference },
  actor: Actor,
): Promise<ChangeResult> {
  const isOver = await release(desk.db, { changeId, difference }, actor, desk.clock());
  const wanted = wantedOf(difference.after);
  const led = isOver
    ? await changeFlag(desk.admin, desk.environment, { ...wanted, isOn: false }, wanted)
    : null;
  const outcome = outcomeOf(led);
  await settleChange(desk.db, { changeId, difference }, outcome, actor, desk.clock());
  return outcome.state === "confirmed"
    ? { ok: true, changeId, state: "confirmed", trouble: null }
    : { ok: true, changeId, state: "unknown", trouble: outcome.trouble };
}

/** Answers whether the flag goes back on: not where it was off, and not where a halt has come since. */
function release(
  db: DatabaseOrTransaction,
  { changeId, difference }: { changeId: string; difference: RolloutDifference },
  actor: Actor,
  at: Date,
): Promise<boolean> {
  return joinOrOpenTransaction(db, async (tx) => {
    const intent = await lockIntent(tx);
    const isMeant = and(eq(rolloutChanges.kind, "halt"), gt(rolloutChanges.id, changeId));
    const since = await tx.select({ id: rolloutChanges.id }).from(rolloutChanges).where(isMeant).limit(1);
    if (since.length > 0) return false;
    if (intent?.halted) await putIntent(tx, difference.after, actor, at);
    return wantedOf(difference.after).isOn;
  });
}
