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

const OF_ENTRY: ReadonlySet<string> = new Set(ENTRY_FINDINGS);
export const isEntryFinding = (code: FindingCode): boolean => OF_ENTRY.has(code);

/** Everything verifying the log can find wrong. */
export const FINDING_CODES = [
  ...ENTRY_FINDINGS,
  "entry_without_place",
  "entry_gone_before_sealing",
  "node_altered",
  "entries_unsigned",
  "checkpoint_unreadable",
  "checkpoint_not_ours",
  "checkpoint_beyond_log",
  "checkpoint_not_of_this_log",
  "checkpoint_missing",
  "checkpoint_differs",
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** A checkpoint is signed after so many entries, or after so long when anything was written. */
export const CHECKPOINT_ENTRIES = 1_000;
export const CHECKPOINT_MINUTES = 5;

/** Entries are sealed up to so many in one transaction, and a checkpoint is looked at after each. */
export const SEAL_AT_ONCE = 500;

/** No more entries than these are ever sealed without a checkpoint over them. */
export const MOST_UNSIGNED = CHECKPOINT_ENTRIES + SEAL_AT_ONCE;

/** What an export calls itself; the version grows when a reader of the last one would be wrong. */
export const EXPORT_FORMAT = "gatehouse-audit-log";
export const EXPORT_VERSION = 1;
