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
