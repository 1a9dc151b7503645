import { addLogLikelihoods } from "#lib/rollout-evidence/fisher.ts";
import { logMean } from "#lib/rollout-evidence/log-space.ts";
import { HARM_POINTS, safetyPoints } from "#lib/rollout-evidence/odds.ts";
import { logWhole } from "#lib/rollout-evidence/whole-rollout.ts";
import type { Chance } from "./chance.ts";
import { drawHour, type World } from "./world.ts";

const STAGES = [
  { exposure: 0.01, margin: 3, dwellHours: 24 },
  { exposure: 0.05, margin: 2, dwellHours: 24 },
  { exposure: 0.25, margin: 1.5, dwellHours: 24 },
  { exposure: 0.5, margin: 1.3, dwellHours: 72 },
] as const;
const MOST_HOURS = 60 * 24;
const WEIGHT = 0.4;
const PROOF = Math.log(20);

export type Ending = {
  end: "shipped" | "rolled_back" | "holding";
  hours: number;
  treatedBad: number;
  stage: number;
};

/** One rollout from 1 percent to the end of 50, an hourly look at a time. The odds may change with the stage. */
export function runPolicy(world: World, oddsAt: (stage: number) => number, chance: Chance): Ending {
  const whole = HARM_POINTS.map(() => 0);
  const frozen: number[] = [];
  let hour = 0;
  let treatedBad = 0;
  for (const [place, { exposure, margin, dwellHours }] of STAGES.entries()) {
    const points = [1, ...HARM_POINTS, margin, ...safetyPoints(margin)];
    const sums = points.map(() => 0);
    const ratios = () => HARM_POINTS.map((_, at) => (sums[at + 1] ?? 0) - (sums[0] ?? 0));
    for (let spent = 1; ; spent++) {
      if (hour++ >= MOST_HOURS) return { end: "holding", hours: hour, treatedBad, stage: place };
      const stratum = drawHour(world, hour, exposure, oddsAt(place), chance);
      treatedBad += stratum.treatedBad;
      addLogLikelihoods(stratum, points, sums);
      const own = ratios();
      const cumulative = logMean(whole.map((each, at) => each + (own[at] ?? 0)));
      const harm = logWhole(cumulative, [...frozen, logMean(own)], STAGES.length);
      if (Math.log(WEIGHT) + harm >= PROOF)
        return { end: "rolled_back", hours: hour, treatedBad, stage: place };
      const safe = logMean(sums.slice(2 + HARM_POINTS.length)) - (sums[1 + HARM_POINTS.length] ?? 0);
      if (spent >= dwellHours && safe >= PROOF) break;
    }
    ratios().forEach((each, at) => {
      whole[at] = (whole[at] ?? 0) + each;
    });
    frozen.push(logMean(ratios()));
  }
  return { end: "shipped", hours: hour, treatedBad, stage: STAGES.length };
}
