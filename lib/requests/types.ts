/** What a data subject may ask for. One request is one right of one person. */
export const RIGHTS = ["erasure", "rectification", "access", "consent_withdrawal", "block"] as const;
export type Right = (typeof RIGHTS)[number];

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
  "completed",
  "denied",
  "withdrawn",
  "duplicate",
  "not_controller",
  "closed_unverified",
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
] as const;
export type RequestAct = (typeof REQUEST_ACTS)[number];

/** How a request reached the company. */
export const CHANNELS = ["email", "phone", "letter", "counter", "portal", "application", "list"] as const;
export type Channel = (typeof CHANNELS)[number];

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
  article: string;
};

/** Exactly what an approved request does: what goes, and what stays and why. */
export type Preview = { goes: PreviewItem[]; stays: PreviewItem[] };
