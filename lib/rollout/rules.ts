import type { Grant } from "#lib/auth/policy.ts";
import { countOf, isOffered } from "#lib/fallback/rules.ts";
import type { LoginCell } from "#lib/fallback/types.ts";
import type { LoginOutcome } from "#lib/logins/schema.ts";
import { hidesSmall, shareOf, toldShare } from "#lib/rates/rules.ts";
import { byStep } from "#lib/time-steps.ts";
import type { WantedFlagState } from "#lib/unleash/types.ts";
import type { RolloutIntent } from "./schema.ts";
import type { Arm, Arms, StageRun } from "./types.ts";

/** What Unleash shall say so that it agrees with an intent. Nobody served is off, so that a slip there serves nobody. */
export function wantedOf({ exposurePercent, offersEarlyAdopters, halted }: RolloutIntent): WantedFlagState {
  return { isOn: !halted && (exposurePercent > 0 || offersEarlyAdopters), exposurePercent };
}

/** From this share of reported legacy outcomes on, two ways can be compared. */
const REPORTED_FOR_COMPARISON = 0.95;

/**
 * The stages that offered logins met, oldest first: of each step the exposure most of them met. A step without any
 * belongs to the stage before it, and the first stage begins with the first login.
 */
export function stageRunsOf(cells: readonly LoginCell[], steps: number): StageRun[] {
  const runs: StageRun[] = [];
  for (const [step, own] of byStep(cells.filter(isOffered), steps).entries()) {
    const run = runs.at(-1);
    const exposurePercent = dominantOf(own) ?? run?.exposurePercent;
    if (exposurePercent === undefined) continue;
    if (run?.exposurePercent === exposurePercent) run.to = step;
    else runs.push({ exposurePercent, from: step, to: step });
  }
  return runs;
}

function dominantOf(cells: readonly LoginCell[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { exposurePercent, count } of cells)
    counts.set(exposurePercent, (counts.get(exposurePercent) ?? 0) + count);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0];
}

/** Those whom the rollout alone kept on the legacy path: enrolled, not blocked, able to use the other one. */
const isKeptApart = (cell: LoginCell): boolean => cell.path === "legacy" && cell.pathReason === "not_exposed";

const NOT_COMPLETED: ReadonlySet<LoginOutcome> = new Set([
  "fell_back_failed",
  "legacy_failed",
  "rejected",
  "abandoned",
]);
const ENDED_ON_LEGACY: ReadonlySet<LoginOutcome> = new Set([
  "fell_back",
  "fell_back_failed",
  "completed_legacy",
  "legacy_failed",
  "legacy_unreported",
]);

/**
 * Both ways side by side. Logins whose end on the legacy path was never reported are left out of "not completed", as
 * nobody knows; where they are more than 5 % of either arm's legacy outcomes the comparison is void.
 */
export function armsOf(cells: readonly LoginCell[], people: number, grant: Grant): Arms {
  const offered = cells.filter(isOffered);
  const apart = cells.filter(isKeptApart);
  const isTold = apart.length > 0 && !hidesSmall(grant, countOf(apart));
  return {
    biometric: armOf(offered, people, grant),
    legacy: isTold ? armOf(apart, countOf(apart), grant) : null,
    isVoid: isTold && !(isReported(offered) && isReported(apart)),
  };
}

function armOf(cells: readonly LoginCell[], people: number, grant: Grant): Arm {
  const logins = countOf(cells);
  const known = countOf(cells.filter(({ outcome }) => outcome !== "legacy_unreported"));
  const notCompleted = countOf(cells.filter(({ outcome }) => NOT_COMPLETED.has(outcome)));
  const lockedOut = cells.reduce((sum, cell) => sum + cell.lockedOut, 0);
  return {
    logins,
    notCompleted: toldShare(shareOf(notCompleted, known, people), grant),
    lockouts: toldShare(shareOf(lockedOut, logins, people), grant),
  };
}

function isReported(cells: readonly LoginCell[]): boolean {
  const ended = cells.filter(({ outcome }) => ENDED_ON_LEGACY.has(outcome));
  const reported = countOf(ended.filter(({ outcome }) => outcome !== "legacy_unreported"));
  return reported >= countOf(ended) * REPORTED_FOR_COMPARISON;
}

/** Of the logins that could have been offered the biometric path, those that were. */
export function realisedShare(cells: readonly LoginCell[], people: number, grant: Grant) {
  const offered = countOf(cells.filter(isOffered));
  return toldShare(shareOf(offered, offered + countOf(cells.filter(isKeptApart)), people), grant);
}
