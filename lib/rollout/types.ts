import type { Share } from "#lib/rates/types.ts";

/** Steps of time in a row whose logins met the same exposure: a stage as the history saw it. */
export type StageRun = {
  exposurePercent: number;
  /** The places of its first and last step. */
  from: number;
  to: number;
};

/** How one way in did. Shares are null where this reader may not be told them. */
export type Arm = { logins: number; notCompleted: Share | null; lockouts: Share | null };

/** Both ways side by side, among enrolled people who are not blocked. */
export type Arms = {
  biometric: Arm;
  /** Null where nobody was kept on the legacy path by the rollout alone. */
  legacy: Arm | null;
  /** So many ends of the old way were never reported that a comparison would mean nothing. */
  isVoid: boolean;
};
