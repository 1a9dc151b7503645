import { logMean, logSpaced } from "./log-space.ts";
import type { Count, Interval } from "./types.ts";

const POINTS = 20;
const WORST = 0.8;
const BEST = 0.01;

function logAgainst({ count, of }: Count, limit: number, shares: readonly number[]): number {
  return logMean(
    shares.map(
      (share) => count * Math.log(share / limit) + (of - count) * Math.log((1 - share) / (1 - limit)),
    ),
  );
}

/** Shares on one side of the limit, evenly spaced in their odds, the limit itself left out. */
function between(limit: number, end: number): number[] {
  const odds = (share: number) => share / (1 - share);
  return logSpaced(odds(limit), odds(end), POINTS + 1)
    .slice(1)
    .map((each) => each / (1 + each));
}

/** ln E: evidence against "the share is at most the limit", for a limit between 0 and 1; valid at any number of looks. */
export const logOverLimit = (seen: Count, limit: number): number =>
  logAgainst(seen, limit, between(limit, Math.max(WORST, (1 + limit) / 2)));

/** ln E: evidence against "the share is at least the limit". */
export const logWithinLimit = (seen: Count, limit: number): number =>
  logAgainst(seen, limit, between(limit, Math.min(BEST, limit / 10)));

/** The shares that neither process has refuted at alpha / 2; it holds at all looks together. Null before anything was seen. */
export function limitInterval(seen: Count, alpha: number): Interval {
  if (seen.of === 0) return { low: null, high: null };
  const needed = Math.log(2 / alpha);
  const share = seen.count / seen.of;
  const low = edgeOf(0, share, (at) => logOverLimit(seen, at) >= needed);
  const high = edgeOf(1, share, (at) => logWithinLimit(seen, at) >= needed);
  return { low, high };
}

/** Halves the way from an end that is refuted to the share itself, which is not, and stays on the refuted side. */
function edgeOf(end: number, share: number, isRefuted: (at: number) => boolean): number {
  let refuted = end;
  let open = share;
  for (let step = 0; step < 40; step++) {
    const middle = (refuted + open) / 2;
    if (middle > 0 && middle < 1 && isRefuted(middle)) refuted = middle;
    else open = middle;
  }
  return refuted;
}
