/** Says to the worker that a checkpoint over everything up to now is wanted at once. */
export const CHECKPOINT_CHANNEL = "audit_checkpoint";

export const CHECKPOINT_CAUSES = ["schedule", "count", "shutdown", "demand"] as const;

/** What verifying the log can find wrong. The first eight are about one entry, and no entry has more than one of them. */
export const FINDING_CODES = [
  "sequence_gap",
  "entry_missing",
  "entry_altered",
  "detail_missing",
  "detail_altered",
  "detail_unexpected",
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
