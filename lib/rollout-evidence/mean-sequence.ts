const DEFAULT_TUNED_FOR = 5000;

/**
 * Half the width of the asymptotic confidence sequence of a mean (Waudby-Smith et al., arXiv 2103.06476), tightest at
 * `tunedFor` values: two-sided, or one-sided for the rival in the simulation. Not exact for few values.
 */
export function halfWidth(
  standardError: number,
  of: number,
  alpha: number,
  sides: 1 | 2 = 2,
  tunedFor = DEFAULT_TUNED_FOR,
): number {
  if (of === 0) return Number.POSITIVE_INFINITY;
  const tuned = -2 * Math.log(sides === 2 ? alpha : 2 * alpha);
  const spread = (of * (tuned + Math.log(tuned + 1))) / tunedFor;
  const edge = Math.sqrt(spread + 1);
  const logEdge = sides === 2 ? Math.log(edge / alpha) : Math.log(1 + edge / (2 * alpha));
  return standardError * Math.sqrt(of) * Math.sqrt(((2 * (spread + 1)) / (of * spread)) * logEdge);
}
