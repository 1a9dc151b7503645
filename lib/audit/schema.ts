/** Says to the worker that a checkpoint over everything up to now is wanted at once. */
export const CHECKPOINT_CHANNEL = "audit_checkpoint";

/** Says to the worker that somebody wants the log verified. */
export const VERIFICATION_CHANNEL = "audit_verification";

export const CHECKPOINT_CAUSES = ["schedule", "count", "shutdown", "demand"] as const;

/** What verifying can find wrong with one entry of the log. An entry has one of them at most. */
export const ENTRY_FINDINGS = [
  "sequence_gap",
  "entry_missing",
  "entry_altered",
  "detail_missing",
  "detail_altered",
  "detail_unexpected",
] as const;

/** Everything verifying the log can find wrong. */
export const FINDING_CODES = [
  ...ENTRY_FINDINGS,
  "entry_without_place",
  "entry_gone_before_sealing",
  "node_altered",
  "checkpoint_unreadable",
  "checkpoint_not_ours",
  "checkpoint_beyond_log",
  "checkpoint_not_of_this_log",
  "checkpoint_missing",
  "checkpoint_differs",
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];
