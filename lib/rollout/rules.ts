import type { RolloutFacts } from "#lib/audit/types.ts";
import type { Grant } from "#lib/auth/policy.ts";
import { countOf, ENDED_ON_LEGACY, isOffered } from "#lib/fallback/rules.ts";
import type { LoginCell } from "#lib/fallback/types.ts";
import type { LoginOutcome } from "#lib/logins/schema.ts";
import { hidesSmall, shareOf, toldShare } from "#lib/rates/rules.ts";
import { byStep } from "#lib/time-steps.ts";
import type { WantedFlagState } from "#lib/unleash/types.ts";
import type { RolloutIntent, RolloutPlan } from "./schema.ts";
import type { Arm, Arms, Leading, OpenRollout, RuleRefusal, StageRun, Standing, Wish } from "./types.ts";

/** What Unleash shall say so that it agrees with an intent. Nobody served is off, so that a slip there serves nobody. */
export function wantedOf({
  exposurePercent,
  offersEarlyAdopters,
  halted,
}: Pick<RolloutIntent, "exposurePercent" | "offersEarlyAdopters" | "halted">): WantedFlagState {
  return { isOn: !halted && (exposurePercent > 0 || offersEarlyAdopters), exposurePercent };
}

/** What an intent lets somebody in by, if nothing else stands in the way: being an early adopter, else their bucket. */
export function throughOf(
  { isEarlyAdopter, bucket }: { isEarlyAdopter: boolean; bucket: number },
  { exposurePercent, offersEarlyAdopters }: Pick<RolloutIntent, "exposurePercent" | "offersEarlyAdopters">,
): "cohort" | "bucket" | null {
  if (isEarlyAdopter && offersEarlyAdopters) return "cohort";
  return bucket < exposurePercent ? "bucket" : null;
}

/** Where the flag stands, in the words of the log. */
export const factsOf = ({ intent, heldAt, rollout }: Standing): RolloutFacts => ({
  place: rollout?.stage?.place ?? null,
  exposurePercent: intent.exposurePercent,
  offersEarlyAdopters: intent.offersEarlyAdopters,
  halted: intent.halted,
  held: heldAt !== null,
});

/**
 * Where a wish would lead the flag from where it stands, or why not. A halt and its end leave the stage where it is; a
 * roll back to off ends the rollout. Whoever advances, holds it no longer.
 */
export function leadingOf(standing: Standing, wish: Wish): Leading | RuleRefusal {
  const facts = factsOf(standing);
  switch (wish.kind) {
    case "halt":
      // A drill is over when somebody means it.
      return facts.halted && !standing.isDrilling
        ? "halted"
        : { after: { ...facts, halted: true }, end: null };
    case "release_halt":
      return facts.halted ? { after: { ...facts, halted: false }, end: null } : "not_halted";
    case "drill":
      return facts.halted ? "halted" : { after: facts, end: null };
    default:
      return standing.rollout === null ? "no_rollout" : leadRollout(standing.rollout, facts, wish);
  }
}

type RolloutWish = Exclude<Wish, { kind: "halt" | "release_halt" | "drill" }>;

function leadRollout(rollout: OpenRollout, facts: RolloutFacts, wish: RolloutWish): Leading | RuleRefusal {
  const { place } = facts;
  if (wish.kind === "start") {
    if (place !== null) return "started_already";
    return facts.halted ? "halted" : leadTo(rollout, facts, 0);
  }
  if (place === null) return "not_started";
  const last = rollout.plan.stages.length - 1;
  switch (wish.kind) {
    case "hold":
      return facts.held ? "held_already" : { after: { ...facts, held: true }, end: null };
    case "resume":
      return facts.held ? { after: { ...facts, held: false }, end: null } : "not_held";
    case "finish":
      return place < last ? "not_the_last_stage" : { after: { ...facts, held: false }, end: "completed" };
    case "advance":
      if (facts.halted) return "halted";
      return place === last ? "last_stage" : leadTo(rollout, facts, place + 1);
    case "roll_back":
      if (wish.to !== null) return wish.to < place ? leadTo(rollout, facts, wish.to) : "not_below";
      return { after: { ...OFF, place: null, halted: facts.halted }, end: "rolled_back" };
  }
}

const OFF = { exposurePercent: 0, offersEarlyAdopters: false, held: false };

function leadTo({ plan }: OpenRollout, facts: RolloutFacts, place: number): Leading | RuleRefusal {
  const stage = plan.stages[place];
  if (stage === undefined) return "not_below";
  const { exposurePercent } = stage;
  return { after: { ...facts, place, exposurePercent, offersEarlyAdopters: true, held: false }, end: null };
}

/**
 * Whether more people are offered the path afterwards. Then the intent goes first, else Unleash does, so that Unleash at no
 * moment shows more than the intent. Where the percentage sinks while the early adopters come in, it sinks first.
 */
export function isWidening(before: RolloutFacts, after: RolloutFacts): boolean {
  const [old, now] = [reachOf(before), reachOf(after)];
  return now.percent === old.percent ? now.cohort && !old.cohort : now.percent > old.percent;
}

const reachOf = ({ halted, exposurePercent, offersEarlyAdopters }: RolloutFacts) => ({
  percent: halted ? 0 : exposurePercent,
  cohort: !halted && offersEarlyAdopters,
});

/** A plan in the words of the log, as far as a reader tells one from another. */
export const planFactsOf = ({ stages }: RolloutPlan) => ({
  stages: stages.map(({ exposurePercent }) => exposurePercent),
  margins: stages.map(({ margin }) => margin),
});

/** Why another plan cannot take the place of a rollout's: what was lived, and where it stands, cannot be unplanned. */
export function whyNotPlan({ stage, plan: old }: OpenRollout, plan: RolloutPlan): "lived_already" | null {
  if (stage === null) return null;
  const lived = old.stages.slice(0, stage.place + 1);
  const isKept = lived.every(
    ({ exposurePercent }, place) => plan.stages[place]?.exposurePercent === exposurePercent,
  );
  return isKept ? null : "lived_already";
}

/** From this share of reported legacy outcomes on, two ways can be compared. */
const REPORTED_FOR_COMPARISON = 0.95;

/** As much of counted logins as tells which stage they met. */
type MetCell = Pick<LoginCell, "step" | "path" | "exposurePercent" | "count">;

/**
 * The stages that offered logins met, oldest first: of each step the exposure most of them met. A step without any
 * belongs to the stage before it, and the first stage begins with the first login.
 */
export function stageRunsOf(cells: readonly MetCell[], steps: number): StageRun[] {
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

function dominantOf(cells: readonly MetCell[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { exposurePercent, count } of cells)
    counts.set(exposurePercent, (counts.get(exposurePercent) ?? 0) + count);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0];
}

/** Those whom the rollout alone kept on the legacy path: enrolled, not blocked, able to use the other one. */
const isKeptApart = (cell: LoginCell): boolean => cell.path === "legacy" && cell.pathReason === "not_exposed";

export const NOT_COMPLETED: ReadonlySet<LoginOutcome> = new Set([
  "fell_back_failed",
  "legacy_failed",
  "rejected",
  "abandoned",
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
