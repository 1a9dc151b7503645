const TUNED_FOR = 5000;

/**
 * How far one-sided asymptotic confidence sequences of a mean reach (Waudby-Smith et al., arXiv 2103.06476, as GrowthBook
 * writes them), narrowest at 5,000 values. Not exact for few values: it is here as the rival of our test.
 */
export function reachOfMean(standardError: number, of: number, alpha: number): number {
  if (of === 0) return Number.POSITIVE_INFINITY;
  const tuned = -2 * Math.log(2 * alpha);
  const spread = (of * (tuned + Math.log(tuned + 1))) / TUNED_FOR;
  const logEdge = Math.log(1 + Math.sqrt(spread + 1) / (2 * alpha));
  return standardError * Math.sqrt(of) * Math.sqrt(((2 * (spread + 1)) / (of * spread)) * logEdge);
}
