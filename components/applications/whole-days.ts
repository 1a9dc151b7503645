const DAY_MS = 24 * 60 * 60 * 1000;

/** Whole days that have passed. */
export const wholeDays = (since: Date, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - since.getTime()) / DAY_MS));
