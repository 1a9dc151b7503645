import { logGamma } from "./log-space.ts";

/** How sure of the planned share one is before anybody came; the larger, the later and the surer. */
const CERTAINTY = 1000;

/**
 * ln E against "people were split as planned" (Lindon and Malek 2022): a beta prior around the planned share, 0 < share < 1.
 * It begins anew with each stage, as the share changes. At 1 percent it sees little.
 */
export function logSplit(treated: number, control: number, share: number): number {
  const a = CERTAINTY * share;
  const b = CERTAINTY * (1 - share);
  const after = logGamma(a + treated) + logGamma(b + control) - logGamma(CERTAINTY + treated + control);
  const before = logGamma(a) + logGamma(b) - logGamma(CERTAINTY);
  return after - before - treated * Math.log(share) - control * Math.log(1 - share);
}
