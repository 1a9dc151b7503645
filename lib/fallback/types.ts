import type { FallbackReason, LoginOutcome, Path, PathReason } from "#lib/logins/schema.ts";
import type { Share } from "#lib/rates/types.ts";

/** Closed logins of one step of time that share exposure, path, outcome and reasons. */
export type LoginCell = {
  /** The place of the step. */
  step: number;
  exposurePercent: number;
  path: Path;
  pathReason: PathReason;
  outcome: LoginOutcome;
  fallbackReason: FallbackReason;
  count: number;
  lockedOut: number;
};

/** How the logins that were offered the biometric path ended. The three parts add up to those offered. */
export type Split = { completed: number; fellBack: number; lost: number };

/** The fallback of one step; null where it may not be told to this reader. */
export type FallbackPoint = Share | null;

/** Fallbacks of one reason, step by step. */
export type ReasonSeries = { reason: FallbackReason | "others"; counts: number[]; total: number };
