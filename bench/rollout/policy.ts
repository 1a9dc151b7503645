import { addLogLikelihoods } from "#lib/rollout-evidence/fisher.ts";
import { logMean, logSum } from "#lib/rollout-evidence/log-space.ts";
import { HARM_POINTS, safetyPoints, safetyWeights } from "#lib/rollout-evidence/odds.ts";
import { logWhole } from "#lib/rollout-evidence/whole-rollout.ts";
import type { Chance } from "./chance.ts";
import { drawHour, type World } from "./world.ts";

export const STAGES = [
  { exposure: 0.01, margin: 3, dwellHours: 24 },
  { exposure: 0.05, margin: 2, dwellHours: 24 },
  { exposure: 0.25, margin: 1.5, dwellHours: 24 },
  { exposure: 0.5, margin: 1.3, dwellHours: 72 },
] as const;
export const MOST_HOURS = 60 * 24;
export const WEIGHT = 0.4;
const PROOF = Math.log(20);

/**
 * How safety is proven: by each stage anew or running on over all stages so far, with the odds ratios that stand for safety
 * counting alike or as they are expected. The product judges `anew` and `expected`; the design ran `on` and `even`.
 */
export type Way = { proof: "anew" | "on"; weights: "expected" | "even" };
export const OUR_WAY: Way = { proof: "anew", weights: "expected" };
export const DESIGN_WAY: Way = { proof: "on", weights: "even" };

/** `ends`: the hour in which each stage was passed. */
export type Ending = {
  end: "shipped" | "rolled_back" | "holding";
  hours: number;
  treatedBad: number;
  ends: number[];
};

const SAFETY = STAGES.map(({ margin }) => [margin, ...safetyPoints(margin)]);
const POINTS = [1, ...HARM_POINTS, ...SAFETY.flat()];
const placeOf = (stage: number): number =>
  1 + HARM_POINTS.length + SAFETY.slice(0, stage).reduce((sum, points) => sum + points.length, 0);

const harmIn = (sums: readonly number[]): number[] =>
  HARM_POINTS.map((_, at) => (sums[at + 1] ?? 0) - (sums[0] ?? 0));

function addTo(sums: number[], told: readonly number[]): void {
  for (const [at, each] of told.entries()) sums[at] = (sums[at] ?? 0) + each;
}

/** Safety at the margin of the stage, by likelihoods of all points. */
function safetyIn(sums: readonly number[], stage: number, weights: Way["weights"]): number {
  const from = placeOf(stage);
  const points = SAFETY[stage] ?? [];
  const counted = safetyWeights(points[0] ?? 0);
  return logSum(
    points.slice(1).map((_, at) => {
      const weight = weights === "even" ? 1 / (points.length - 1) : (counted[at] ?? 0);
      return Math.log(weight) + (sums[from + 1 + at] ?? 0) - (sums[from] ?? 0);
    }),
  );
}

/** One rollout from 1 percent to the end of 50, an hourly look at a time. The odds may change with the stage. */
export function runPolicy(
  world: World,
  oddsAt: (stage: number) => number,
  chance: Chance,
  { proof, weights }: Way = OUR_WAY,
): Ending {
  const whole = POINTS.map(() => 0);
  const frozen: number[] = [];
  const ends: number[] = [];
  let hours = 0;
  let treatedBad = 0;
  for (const [stage, { exposure, dwellHours }] of STAGES.entries()) {
    const own = POINTS.map(() => 0);
    for (let spent = 1; ; spent++) {
      if (hours++ >= MOST_HOURS) return { end: "holding", hours, treatedBad, ends };
      const stratum = drawHour(world, hours, exposure, oddsAt(stage), chance);
      treatedBad += stratum.treatedBad;
      const told = POINTS.map(() => 0);
      addLogLikelihoods(stratum, POINTS, told);
      addTo(own, told);
      addTo(whole, told);
      const harm = logWhole(logMean(harmIn(whole)), [...frozen, logMean(harmIn(own))], STAGES.length);
      if (Math.log(WEIGHT) + harm >= PROOF) return { end: "rolled_back", hours, treatedBad, ends };
      if (spent >= dwellHours && safetyIn(proof === "on" ? whole : own, stage, weights) >= PROOF) break;
    }
    frozen.push(logMean(harmIn(own)));
    ends.push(hours);
  }
  return { end: "shipped", hours, treatedBad, ends };
}
