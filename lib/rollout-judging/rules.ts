import type { ArmSums } from "./types.ts";

export const NOBODY: ArmSums = {
  people: 0,
  approved: 0,
  notCompleted: 0,
  lockedOut: 0,
  slow: 0,
  onLegacy: 0,
  reported: 0,
};

/**
 * Of the people counted those whose end is known. How a login ended on the legacy way that nobody reported is neither good
 * nor bad: it is left out of what is compared, and makes the comparison void where there are many.
 */
export const knownOf = ({ people, onLegacy, reported }: ArmSums): number => people - onLegacy + reported;
