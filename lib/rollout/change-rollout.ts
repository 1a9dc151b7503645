import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Actor } from "#lib/audit/types.ts";
import type { Clock } from "#lib/clock.ts";
import type { UnleashAdmin } from "#lib/unleash/admin.ts";
import { changeFlag, type FlagChanged, switchFlagOff } from "#lib/unleash/change-flag.ts";
import { restoreFlag } from "#lib/unleash/restore-flag.ts";
import { intendChange, type RolloutDifference, type WantedChange } from "./intend-change.ts";
import { isWidening, wantedOf } from "./rules.ts";
import { type ChangeOutcome, settleChange } from "./settle-change.ts";
import type { ChangeResult } from "./types.ts";

/** What changing a rollout needs of the process it happens in. */
export type RolloutDesk = {
  db: DatabaseOrTransaction;
  admin: UnleashAdmin;
  environment: string;
  clock: Clock;
};

/**
 * Does what is wished of a rollout: written down first, then led through Unleash and read back, then settled. An Unleash
 * that is away keeps nothing from narrowing: the gateways obey PostgreSQL. Cut off in the middle, the worker ends it.
 * Audits `rollout.<kind>` and `rollout.settle`.
 */
export async function changeRollout(
  desk: RolloutDesk,
  wanted: WantedChange,
  actor: Actor,
): Promise<ChangeResult> {
  const intended = await intendChange(desk.db, wanted, actor, desk.clock());
  if (!intended.ok) return intended;
  const outcome = outcomeOf(await lead(desk, intended.difference));
  await settleChange(desk.db, intended, outcome, actor, desk.clock());
  const { changeId, difference } = intended;
  if (outcome.state === "confirmed") return { ok: true, changeId, state: "confirmed", trouble: null };
  // What narrows holds whatever Unleash says; a drift that was not reverted is one still.
  const isHeld = difference.kind !== "revert" && !isWidening(difference.before, difference.after);
  if (outcome.state === "refused" && !isHeld) return { ok: false, code: outcome.trouble };
  return { ok: true, changeId, state: "unknown", trouble: outcome.trouble };
}

/** Leads the flag in Unleash along a difference; what changes nothing there asks nothing of it. */
export async function lead(
  { admin, environment }: Pick<RolloutDesk, "admin" | "environment">,
  { kind, before, after }: RolloutDifference,
): Promise<FlagChanged | null> {
  if (kind === "halt") return switchFlagOff(admin, environment);
  if (kind === "revert") return restoreFlag(admin, environment, wantedOf(after));
  // Read only: it says already what is adopted.
  if (kind === "adopt") return changeFlag(admin, environment, wantedOf(after), wantedOf(after));
  const [seen, wanted] = [wantedOf(before), wantedOf(after)];
  const isSame = seen.isOn === wanted.isOn && seen.exposurePercent === wanted.exposurePercent;
  return isSame ? null : changeFlag(admin, environment, seen, wanted);
}

export function outcomeOf(led: FlagChanged | null): ChangeOutcome {
  if (led === null || led.ok) return { state: "confirmed" };
  return { state: led.outcome === "unchanged" ? "refused" : "unknown", trouble: led.code };
}
