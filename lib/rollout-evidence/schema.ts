/** Compared with the legacy path, by odds. */
export const COMPARED_METRICS = ["not_completed", "lockout", "slow_login"] as const;
export type ComparedMetric = (typeof COMPARED_METRICS)[number];

/** Held against a limit of their own; they need no legacy arm. */
export const LIMITED_METRICS = ["fallback", "api_error", "slow_call"] as const;
export type LimitedMetric = (typeof LIMITED_METRICS)[number];

export type GateMetric = ComparedMetric | LimitedMetric;

/**
 * What a compared gate does: `margin` rolls back and must be proven safe; `harm_only` rolls back and never holds;
 * `signal` holds on suspicion and never rolls back.
 */
export const COMPARED_MODES = ["margin", "harm_only", "signal"] as const;

export const DECISIONS = ["roll_back", "hold", "ask", "advance"] as const;

/** Why the rule decided so, in the order in which it looks. */
export const VERDICT_REASONS = [
  "security_event",
  "limit_broken",
  "blind",
  "split_off",
  "double_exposure",
  "legacy_unreported",
  "harm",
  "drift",
  "signal",
  "slice",
  "held",
  "dwell",
  "freeze",
  "too_few_people",
  "proven",
  "overdue",
  "limit_in_doubt",
  "cannot_tell",
  "last_stage",
] as const;
export type VerdictReason = (typeof VERDICT_REASONS)[number];

/** `void`: what is compared cannot be believed at present. */
export const GATE_STATES = ["pass", "fail", "suspect", "cannot_tell", "harm_only", "signal", "void"] as const;
export type GateState = (typeof GATE_STATES)[number];

/** What a person may do about a verdict besides waiting. */
export const CHOICES = ["extend", "widen", "harm_only", "roll_back"] as const;
export type Choice = (typeof CHOICES)[number];

/** From this share of reported legacy outcomes on, two ways can be compared. */
export const REPORTED_FOR_COMPARISON = 0.95;
/** More people than this share seen on both ways: they were not split. */
export const MOST_DOUBLE_EXPOSED = 0.005;

export const ALPHA = { harm: 0.05, safety: 0.05, split: 0.01, slice: 0.01 } as const;
