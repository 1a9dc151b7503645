import type { Grant } from "#lib/auth/policy.ts";
import type { Rate, Share } from "./types.ts";

/** Below so many people a rate says more about who they were than about the login. */
export const PEOPLE_FOR_RATES = 30;
/** Cells from 1 up to just below this could point at a person; some readers do not see them. */
export const SMALL_CELL = 5;
const Z_95 = 1.959964;

/** The 95 % Wilson score interval of a share (Wilson 1927); it stays within 0 and 1 and holds for small numbers. */
export function wilsonInterval(count: number, of: number): Rate {
  const share = count / of;
  const spread = Z_95 ** 2 / of;
  const middle = (share + spread / 2) / (1 + spread);
  const half = (Z_95 / (1 + spread)) * Math.sqrt((share * (1 - share)) / of + spread / (4 * of));
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** A share with its rate where `people` are enough for one. */
export function shareOf(count: number, of: number, people: number): Share {
  return { count, of, rate: people >= PEOPLE_FOR_RATES && of > 0 ? wilsonInterval(count, of) : null };
}

/** Whether a count could point at a person. */
export const isSmall = (count: number): boolean => count > 0 && count < SMALL_CELL;

/** Whether this reader may not be told these counts: one of them is too small. */
export const hidesSmall = (grant: Grant, ...counts: number[]): boolean =>
  grant === "small_hidden" && counts.some(isSmall);

/** The share as this reader may see it; null where it or its rest is too small. */
export const toldShare = (share: Share, grant: Grant): Share | null =>
  hidesSmall(grant, share.count, share.of - share.count) ? null : share;

/**
 * The difference of two rates with its 95 % interval, from the two score intervals (Newcombe 1998, method 10): it holds for
 * small numbers, too, and never leaves -1 to 1.
 */
export function differenceOf(before: Rate, now: Rate): Rate {
  const share = now.share - before.share;
  return {
    share,
    low: share - Math.hypot(now.share - now.low, before.high - before.share),
    high: share + Math.hypot(now.high - now.share, before.share - before.low),
  };
}

/** Which way a rate moved: told only where the two intervals part, as chance explains the rest. */
export function changeOf(before: Rate, now: Rate): "rise" | "fall" | "unclear" {
  if (now.low > before.high) return "rise";
  return now.high < before.low ? "fall" : "unclear";
}
