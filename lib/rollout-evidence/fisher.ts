import { logChoose } from "./log-space.ts";
import type { Stratum } from "./types.ts";

/** Terms smaller than this beside the largest one change no digit of the sum. */
const NEGLIGIBLE = 1e-18;

/**
 * Fisher's non-central hypergeometric distribution of the treated arm's bad outcomes, given how many both arms had: adds
 * to `into` the log-likelihood of the stratum at each odds ratio, up to a constant that is the same for all of them.
 * A stratum that has nobody in an arm, or whose outcomes are all alike, tells nothing and adds nothing.
 */
export function addLogLikelihoods(stratum: Stratum, oddsRatios: readonly number[], into: number[]): void {
  const { treated, control, treatedBad } = stratum;
  const bad = treatedBad + stratum.controlBad;
  const least = Math.max(0, bad - control);
  const most = Math.min(bad, treated);
  if (least >= most) return;
  for (let place = 0; place < oddsRatios.length; place++) {
    const oddsRatio = oddsRatios[place] ?? 1;
    const mode = modeOf(treated, control, bad, oddsRatio, least, most);
    const sum = relativeSum(treated, control, bad, oddsRatio, mode, least, most);
    const logTerm = logChoose(treated, mode) + logChoose(control, bad - mode);
    const logRatio = (treatedBad - mode) * Math.log(oddsRatio) - logTerm - Math.log(sum);
    into[place] = (into[place] ?? 0) + logRatio;
  }
}

/** Where the probability is largest, or beside it: the root of the ratio of two neighbours being 1. */
function modeOf(
  treated: number,
  control: number,
  bad: number,
  oddsRatio: number,
  least: number,
  most: number,
): number {
  const b = oddsRatio * (treated + bad + 2) + control - bad;
  const c = oddsRatio * (treated + 1) * (bad + 1);
  const root = (2 * c) / (b + Math.sqrt(b * b - 4 * (oddsRatio - 1) * c));
  return Math.min(most, Math.max(least, Math.floor(root)));
}

/** All terms as multiples of the one at the mode, by walking away from it until they vanish. */
function relativeSum(
  treated: number,
  control: number,
  bad: number,
  oddsRatio: number,
  mode: number,
  least: number,
  most: number,
): number {
  let sum = 1;
  let term = 1;
  for (let u = mode; u < most && term > NEGLIGIBLE; u++) {
    term *= (oddsRatio * (treated - u) * (bad - u)) / ((u + 1) * (control - bad + u + 1));
    sum += term;
  }
  term = 1;
  for (let u = mode; u > least && term > NEGLIGIBLE; u--) {
    term *= (u * (control - bad + u)) / (oddsRatio * (treated - u + 1) * (bad - u + 1));
    sum += term;
  }
  return sum;
}
