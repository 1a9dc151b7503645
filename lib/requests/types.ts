/**
 * What a request is for: the rights a data subject may use, and `deletion`, which is nobody's right: the company takes
 * away what it should not hold. One request is one of these for one person.
 */
export const RIGHTS = [
  "erasure",
  "rectification",
  "access",
  "consent_withdrawal",
  "block",
  "deletion",
] as const;
export type Right = (typeof RIGHTS)[number];

/** The rights somebody can ask to use, in a form, a list or a call. */
export const ASKED_RIGHTS = [
  "erasure",
  "rectification",
  "access",
  "consent_withdrawal",
  "block",
] as const satisfies readonly Right[];

/** Those that end with the person gone from the API and from here. */
export const ERASING = ["erasure", "consent_withdrawal", "deletion"] as const satisfies readonly Right[];

/** Why the company deletes without having been asked. */
export const DELETION_REASONS = [
  "wrong_enrolment",
  "test_data",
  "retention_passed",
  "rolled_back",
  "restored",
] as const;
export type DeletionReason = (typeof DELETION_REASONS)[number];

/** How a request can be over. */
export const CLOSED_STATES = [
  "completed",
  "denied",
  "withdrawn",
  "duplicate",
  "not_controller",
  "closed_unverified",
] as const;

export const REQUEST_STATES = [
  "received",
  "identity_pending",
  "in_review",
  "awaiting_approval",
  "awaiting_capture",
  "scheduled",
  "executing",
  "verifying",
  "failed",
  "outcome_unknown",
  ...CLOSED_STATES,
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** What moves a request on. */
export const REQUEST_ACTS = [
  "ask_identity",
  "confirm_identity",
  "propose",
  "send_back",
  "approve",
  "deny",
  "start",
  "note_done",
  "note_unknown",
  "note_failure",
  "retry",
  "complete",
  "withdraw",
  "reopen",
  "close_duplicate",
  "close_not_controller",
  "close_unverified",
  "close_carried_out",
] as const;
export type RequestAct = (typeof REQUEST_ACTS)[number];

/** How a request reached the company; those of `OWN_CHANNELS` it made itself. */
export const CHANNELS = [
  "email",
  "phone",
  "letter",
  "counter",
  "portal",
  "application",
  "list",
  "console",
  "retention",
  "roll_back",
  "restore",
] as const;
export type Channel = (typeof CHANNELS)[number];
/** Those of lists that the installation makes: by the retention's rule, or by a choice after a rollout was rolled back. */
export const RULED_CHANNELS = ["retention", "roll_back"] as const satisfies readonly Channel[];
export const OWN_CHANNELS = ["console", ...RULED_CHANNELS, "restore"] as const satisfies readonly Channel[];
/** Those nobody opens: the installation does. */
export const UNOPENED_CHANNELS = [...RULED_CHANNELS, "restore"] as const satisfies readonly Channel[];

/** How it was made sure who is asking. Never a copy of a document. */
export const IDENTITY_METHODS = [
  "signed_in",
  "document_seen",
  "known_contact",
  "answered_questions",
  "representative",
] as const;
export type IdentityMethod = (typeof IDENTITY_METHODS)[number];

export const PROPOSALS = ["grant", "deny"] as const;
export type Proposal = (typeof PROPOSALS)[number];

/**
 * Why a request may be denied: LGPD art. 16 and 11 II, GDPR art. 17(3), 12(5) and 11(2). Each names its article in the
 * letter.
 */
export const DENIAL_GROUNDS = [
  "legal_obligation",
  "exercise_of_rights",
  "fraud_prevention",
  "nothing_held",
  "not_identifiable",
  "manifestly_unfounded",
] as const;
export type DenialGround = (typeof DENIAL_GROUNDS)[number];

/** What a preview lists, each with how many there are and by which article. */
export const PREVIEW_KINDS = [
  "face_template",
  "finger_templates",
  "mapping",
  "early_adopter",
  "sealed_details",
  "history",
  "enrolment_attempts",
  "audit_entries",
] as const;
export type PreviewKind = (typeof PREVIEW_KINDS)[number];

export type PreviewItem = {
  kind: PreviewKind;
  items: number;
  where: "api" | "gatehouse" | "audit_log";
  /** By the request's laws, such as `LGPD art. 12; GDPR art. 11(1)`. */
  article: string;
  /**
   * Of what stays: for how many days after its own month the retention keeps it, null where no end is set. The rule and
   * not a day, so that an approval is bound to something that stands still.
   */
  keptDays?: number | null;
};

/** Exactly what an approved request does: what goes, and what stays and why. */
export type Preview = { goes: PreviewItem[]; stays: PreviewItem[] };

/** What carrying a request out does; a `probe` is a second DELETE that must find nobody. */
export const ATTEMPT_KINDS = ["delete", "probe", "update", "verify", "block", "compose"] as const;
export type AttemptKind = (typeof ATTEMPT_KINDS)[number];

/**
 * `intended` is written before the act. `refused`: it surely had no effect. `unknown`: it may have had one, and no answer
 * says so.
 */
export const ATTEMPT_STATES = ["intended", "done", "refused", "unknown"] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

/** Whoever else got the data is told of what was done, or excused with a reason (LGPD art. 18 §6, GDPR art. 19). */
export const RECIPIENT_STATES = ["to_tell", "told", "excused"] as const;
export type RecipientState = (typeof RECIPIENT_STATES)[number];

/** Why a person is blocked: every biometric login goes the old way, and nobody enrols them. */
export const BLOCK_CAUSES = ["erasure", "consent_withdrawal", "request", "roll_back"] as const;
export type BlockCause = (typeof BLOCK_CAUSES)[number];

export const BATCH_STATES = [
  "checking",
  "checked",
  "opening",
  "awaiting_approval",
  "approving",
  "running",
  "completed",
  "withdrawn",
] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/** Why a row of a list was left out. */
export const BATCH_TROUBLES = [
  "not_a_custom_id",
  "twice_in_file",
  "not_known_here",
  "open_request",
  "on_hold",
  "active_again",
  "refused",
] as const;
export type BatchTrouble = (typeof BATCH_TROUBLES)[number];

export const BATCH_ROW_STATES = ["unread", "good", "left_out", "opened"] as const;
export type BatchRowState = (typeof BATCH_ROW_STATES)[number];

/** PostgreSQL says a word here whenever a request may have something to do for the worker. */
export const REQUESTS_CHANNEL = "data_requests";

/** What came of a new capture; one that was refused or did not match leaves the request waiting for another. */
export type RectifyOutcome = {
  code:
    | "completed"
    | "waits_for_recipients"
    | "not_matched"
    | "check_failed"
    | "not_replaced"
    | "outcome_unknown";
};
