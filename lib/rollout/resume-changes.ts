import { differencesOf } from "#lib/unleash/differences.ts";
import { readLiveFlag } from "#lib/unleash/live-flag.ts";
import { lead, outcomeOf, type RolloutDesk } from "./change-rollout.ts";
import { endDrill } from "./drill-halt.ts";
import type { RolloutDifference } from "./intend-change.ts";
import { type ChangeRow, findIntent, listUnsettledChanges } from "./queries.ts";
import { isWidening, wantedOf } from "./rules.ts";
import { type ChangeOutcome, settleChange } from "./settle-change.ts";

/** Whoever makes a change waits for Unleash at most this long, read and read back: an older one was cut off. */
const CUT_OFF_AFTER_MS = 45_000;

const SYSTEM = { id: null, role: "system" } as const;

/**
 * Ends changes whose maker was cut off or could not learn what came of them: what narrows is led on to its end; what widens
 * counts as done where Unleash shows it and is taken back where it does not. While Unleash is away they stay. Also keeps the
 * flag off in Unleash while a halt stands. Answers how many were settled. Audits `rollout.settle`.
 */
export async function resumeChanges(desk: RolloutDesk): Promise<number> {
  let settled = 0;
  for (const change of await listUnsettledChanges(desk.db)) {
    const at = desk.clock();
    if (at.getTime() - change.at.getTime() < CUT_OFF_AFTER_MS) continue;
    const difference = change.difference as RolloutDifference;
    if (change.kind === "drill") {
      settled += Number((await endDrill(desk, { changeId: change.id, difference }, SYSTEM)).ok);
      continue;
    }
    const outcome = await endOf(desk, change);
    if (outcome === null) continue;
    const done = await settleChange(desk.db, { changeId: change.id, difference }, outcome, SYSTEM, at);
    settled += Number(done);
  }
  await keepHalted(desk);
  return settled;
}

async function endOf(desk: RolloutDesk, change: ChangeRow): Promise<ChangeOutcome | null> {
  const difference = change.difference as RolloutDifference;
  const { before, after, kind } = difference;
  const live = await readLiveFlag(desk.admin, desk.environment);
  if (!live.ok && live.code !== "not_found") return null;
  const value = live.ok ? live.value : null;
  if (kind !== "halt" && differencesOf(value, wantedOf(after)).length === 0) return { state: "confirmed" };
  if (kind !== "halt" && isWidening(before, after)) return { state: "refused", trouble: "not_as_written" };
  return outcomeOf(await lead(desk, difference));
}

/** Somebody, or a change that was under way, may have switched the flag on since. */
async function keepHalted(desk: RolloutDesk): Promise<void> {
  const intent = await findIntent(desk.db);
  if (intent?.halted !== true) return;
  const live = await readLiveFlag(desk.admin, desk.environment);
  if (live.ok && live.value.isOn) await lead(desk, HALT);
}

const OFF = { place: null, exposurePercent: 0, offersEarlyAdopters: false, halted: true, held: false };
const HALT: RolloutDifference = {
  ...{ rolloutId: null, planVersion: null, kind: "halt", end: null },
  ...{ before: { ...OFF, halted: false }, after: OFF },
};
