import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { RolloutFacts } from "#lib/audit/types.ts";
import { differencesOf } from "#lib/unleash/differences.ts";
import { GRADUAL } from "#lib/unleash/live-flag.ts";
import type { Difference, DifferenceCode, LiveFlag } from "#lib/unleash/types.ts";
import { factsOf, isWidening, wantedOf } from "./rules.ts";
import type { DriftWish, Leading, Standing } from "./types.ts";

/** What Unleash and the intent say apart from each other, and what could be done about it. */
export type Drift = {
  /** Empty: they agree. */
  differences: Difference[];
  canAdopt: boolean;
  /** What would be asked for from then on, were it adopted. */
  adopts: RolloutFacts | null;
  /** Of both sides as they were seen: what is adopted or reverted is this and nothing else. */
  digest: string;
};

/** Where the flag as Unleash has it (null: it has none) is not as the intent says; pure, so that a screen and an act agree. */
export function driftOf(standing: Standing, live: LiveFlag | null): Drift {
  const differences = differencesOf(live, wantedOf(standing.intent));
  const adopts = adoptionOf(standing, live, differences);
  return { differences, canAdopt: adopts !== null, adopts, digest: digestOf(standing, live) };
}

/** Where ending a drift leads, with what it ends, or why it cannot be ended so. */
export function leadDrift(
  standing: Standing,
  { kind, live }: DriftWish,
): (Leading & { drift: Difference[] }) | "no_drift" | "not_adoptable" {
  const { differences: drift, adopts } = driftOf(standing, live);
  if (drift.length === 0) return "no_drift";
  if (kind === "revert") return { after: factsOf(standing), end: null, drift };
  return adopts === null ? "not_adoptable" : { after: adopts, end: null, drift };
}

/** Unleash lists strategies in no order that holds. */
function digestOf(standing: Standing, live: LiveFlag | null): string {
  const strategies = live && [...live.strategies].sort((a, b) => (a.id < b.id ? -1 : 1));
  const { rollout } = standing;
  const seen = {
    facts: factsOf(standing),
    rolloutId: rollout?.id ?? null,
    planVersion: rollout?.planVersion ?? null,
    live: live && { ...live, strategies },
  };
  return createHash("sha256")
    .update(canonicalize(seen) ?? "")
    .digest("hex");
}

const ADOPTABLE: ReadonlySet<DifferenceCode> = new Set([
  "percent_higher",
  "percent_lower",
  "switched_on",
  "switched_off",
]);

/**
 * What the intent would be if it said what Unleash says, or null where that cannot be asked for: only percentages and
 * switches can. A flag switched off by hand is a halt. While a halt stands nothing is adopted, as ending it is an act of its
 * own. A rollout under way can only stand at a stage of its plan, and goes at most one stage on; without one, an edit by
 * hand exposes nobody new.
 */
function adoptionOf(
  standing: Standing,
  live: LiveFlag | null,
  differences: readonly Difference[],
): RolloutFacts | null {
  const facts = factsOf(standing);
  const exposurePercent = live?.strategies.find(({ title }) => title === GRADUAL)?.percent ?? null;
  if (live === null || exposurePercent === null || facts.halted) return null;
  if (differences.length === 0 || differences.some(({ code }) => !ADOPTABLE.has(code))) return null;
  const isOff = differences.some(({ code }) => code === "switched_off");
  const place = exposurePercent === facts.exposurePercent ? facts.place : placeOf(standing, exposurePercent);
  if (facts.place !== null && (place === null || place > facts.place + 1)) return null;
  const offersEarlyAdopters = facts.offersEarlyAdopters || live.isOn;
  const after = { ...facts, place, exposurePercent, offersEarlyAdopters, halted: isOff };
  return facts.place === null && isWidening(facts, after) ? null : after;
}

function placeOf({ rollout }: Standing, percent: number): number | null {
  if (rollout?.stage == null) return null;
  const place = rollout.plan.stages.findIndex(({ exposurePercent }) => exposurePercent === percent);
  return place < 0 ? null : place;
}
