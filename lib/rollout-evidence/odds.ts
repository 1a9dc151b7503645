import { addLogLikelihoods } from "./fisher.ts";
import { logMean, logSpaced, logSum } from "./log-space.ts";
import type { Interval, OddsEvidence, Stratum } from "./types.ts";

/** The odds ratios that stand for harm, for the whole life of the product: another list would begin other processes. */
export const HARM_POINTS: readonly number[] = logSpaced(1.1, 8, 20);
/** Where an interval is looked for: fine where limits lie, coarse beyond. */
const INTERVAL_POINTS: readonly number[] = [
  ...logSpaced(0.05, 0.4, 27).slice(0, -1),
  ...logSpaced(0.4, 2.5, 75),
  ...logSpaced(2.5, 20, 27).slice(1),
];
const SAFETY_POINTS = 16;
/** How far from "no difference" an odds ratio is expected to lie, in ln. */
export const EXPECTED_SPREAD = 0.25;
/** This part of the weight lies on all points alike, for a build that differs by more than is expected. */
const EVEN_PART = 0.2;
/** How far from an odds ratio the ones it is tested against may lie. */
const REACH = 8;

/** For each point the places of those that it is tested against: from `first` up to itself, and beyond itself up to `last`. */
const INTERVAL_RIVALS = INTERVAL_POINTS.map((tested) => ({
  first: INTERVAL_POINTS.findIndex((point) => point >= tested / REACH),
  last: INTERVAL_POINTS.findLastIndex((point) => point <= tested * REACH),
}));

/** The odds ratios that stand for "not worse than the margin". */
export const safetyPoints = (margin: number): number[] =>
  logSpaced(0.5, Math.max(1.02, 0.8 * margin), SAFETY_POINTS);

/**
 * How much each of these odds ratios counts, all together 1. Any weights that are fixed before the first look are valid; those
 * near "no difference" are likeliest, and the proof comes sooner for weighing them most (`docs/rollout-statistics.md`).
 */
export function safetyWeights(margin: number): number[] {
  const densities = safetyPoints(margin).map((odds) =>
    Math.exp(-0.5 * (Math.log(odds) / EXPECTED_SPREAD) ** 2),
  );
  const all = densities.reduce((sum, each) => sum + each, 0);
  return densities.map((each) => (1 - EVEN_PART) * (each / all) + EVEN_PART / SAFETY_POINTS);
}

/** What is needed at all: harm and, where there is a margin, safety; with an interval only where one is shown. */
export type OddsPoints = { margin: number | null; interval: boolean };

const pointsOf = ({ margin, interval }: OddsPoints): number[] => [
  1,
  ...HARM_POINTS,
  ...(margin === null ? [] : [margin, ...safetyPoints(margin)]),
  ...(interval ? INTERVAL_POINTS : []),
];

/** Evidence of nothing yet. */
export function startOdds(points: OddsPoints): OddsEvidence {
  const length = pointsOf(points).length;
  return {
    ...points,
    treated: 0,
    treatedBad: 0,
    control: 0,
    controlBad: 0,
    logLikelihoods: Array.from({ length }, () => 0),
  };
}

/** The evidence with these strata added, in order. One call or many give the same numbers to the last bit. */
export function addStrata(evidence: OddsEvidence, strata: readonly Stratum[]): OddsEvidence {
  const points = pointsOf(evidence);
  const sum = { ...evidence, logLikelihoods: [...evidence.logLikelihoods] };
  for (const stratum of strata) {
    addLogLikelihoods(stratum, points, sum.logLikelihoods);
    sum.treated += stratum.treated;
    sum.treatedBad += stratum.treatedBad;
    sum.control += stratum.control;
    sum.controlBad += stratum.controlBad;
  }
  return sum;
}

/** Harm as one sum for each of `HARM_POINTS`: its likelihood against no difference. Sums of two stretches add up. */
export function harmRatios({ logLikelihoods }: OddsEvidence): number[] {
  const [none = 0] = logLikelihoods;
  return HARM_POINTS.map((_, place) => (logLikelihoods[place + 1] ?? 0) - none);
}

/** ln H: evidence against "the odds are not higher than on the legacy path", valid at any number of looks. */
export const logHarm = (evidence: OddsEvidence): number => logMean(harmRatios(evidence));

/** ln S: evidence against "the odds are at least the margin times those of the legacy path"; null without a margin. */
export function logSafety({ margin, logLikelihoods }: OddsEvidence): number | null {
  if (margin === null) return null;
  const from = 1 + HARM_POINTS.length;
  const atMargin = logLikelihoods[from] ?? 0;
  return logSum(
    safetyWeights(margin).map(
      (weight, place) => Math.log(weight) + (logLikelihoods[from + 1 + place] ?? 0) - atMargin,
    ),
  );
}

/**
 * The odds ratios that neither one-sided process has refuted at alpha / 2, so that it holds at all looks together. Its
 * ends are points of a list and lie outside, never inside; null is an end that nothing has bounded yet.
 */
export function oddsInterval(evidence: OddsEvidence, alpha: number): Interval {
  const own = curveOf(evidence);
  const needed = Math.log(2 / alpha);
  let low: number | null = null;
  let high: number | null = null;
  for (const [place, tested] of INTERVAL_POINTS.entries()) {
    const { first = place, last = place } = INTERVAL_RIVALS[place] ?? {};
    const against = (rivals: readonly number[]) =>
      rivals.length > 0 ? logMean(rivals) - (own[place] ?? 0) : 0;
    if (against(own.slice(place + 1, last + 1)) >= needed) low = tested;
    if (high === null && against(own.slice(first, place)) >= needed) high = tested;
  }
  return { low, high };
}

/** The odds ratio under which what was seen is likeliest; null where nothing was told yet. */
export function oddsEstimate(evidence: OddsEvidence): number | null {
  const own = curveOf(evidence);
  const best = Math.max(...own);
  if (own.every((each) => each === own[0])) return null;
  return INTERVAL_POINTS[own.indexOf(best)] ?? null;
}

const curveOf = ({ interval, logLikelihoods }: OddsEvidence): number[] =>
  interval ? logLikelihoods.slice(-INTERVAL_POINTS.length) : INTERVAL_POINTS.map(() => 0);
