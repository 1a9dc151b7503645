// Written from gateway/contract.ts by the test in e2e/client; do not change it by hand.

export type EnrollmentInput = {
  customId: string;
  legalBasis:
    | "lgpd_11_i_consent"
    | "lgpd_11_ii_a_legal_obligation"
    | "lgpd_11_ii_d_exercise_of_rights"
    | "lgpd_11_ii_g_fraud_prevention"
    | "gdpr_9_2_a_consent"
    | "gdpr_9_2_g_public_interest";
  face?: string;
  fingers?: Partial<Record<"1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10", string>>;
  locale?: string;
};

export type RecaptureInput = {
  customId: string;
  legalBasis?:
    | "lgpd_11_i_consent"
    | "lgpd_11_ii_a_legal_obligation"
    | "lgpd_11_ii_d_exercise_of_rights"
    | "lgpd_11_ii_g_fraud_prevention"
    | "gdpr_9_2_a_consent"
    | "gdpr_9_2_g_public_interest";
  face?: string;
  fingers?: Partial<Record<"1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10", string>>;
  locale?: string;
};

export type LoginInput = {
  customId: string;
  purpose?: "login" | "transaction";
  channel?: string;
  device?: { class?: string; os?: string; appVersion?: string };
  face?: string;
  fingers?: Partial<Record<"1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10", string>>;
  locale?: string;
};

export type VerificationInput = {
  face?: string;
  fingers?: Partial<Record<"1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10", string>>;
  locale?: string;
};

export type LegacyOutcomeInput = {
  succeeded: boolean;
  reason?: "chose_password" | "camera_refused" | "camera_missing" | "told_to";
  lockedOut?: boolean;
};

export type ReportInput = { kind: "false_accept" | "other"; note?: string };

export type ComparisonInput = { type: "face" | "finger"; a: string; b: string; locale?: string };

export type RequestInput = {
  customId: string;
  right: "erasure" | "rectification" | "access" | "consent_withdrawal" | "block";
  regimes?: ("lgpd" | "gdpr")[];
  receivedAt?: string;
  locale?: string;
};

export type Feedback = {
  code:
    | "enrollment_completed"
    | "recapture_completed"
    | "capture_now"
    | "welcome"
    | "not_matched"
    | "not_matched_last"
    | "finger_not_matched"
    | "capture_again"
    | "finger_again"
    | "no_face"
    | "several_faces"
    | "come_closer"
    | "centre_face"
    | "too_dark"
    | "too_bright"
    | "blurred"
    | "look_at_camera"
    | "remove_glasses"
    | "uncover_head"
    | "uncover_face"
    | "close_mouth"
    | "open_eyes"
    | "live_person_needed"
    | "picture_unreadable"
    | "picture_damaged"
    | "picture_too_large"
    | "picture_missing"
    | "use_password"
    | "use_password_this_time"
    | "use_password_paused"
    | "refused"
    | "already_enrolled"
    | "enroll_first"
    | "enroll_later";
  text: string;
};

export type Enrollment = { personId: string; feedback: Feedback };

export type Reason =
  | "exposed"
  | "not_exposed"
  | "not_enrolled"
  | "enrollment_pending"
  | "blocked"
  | "paused"
  | "erasure_pending"
  | "halted"
  | "flag_off"
  | "flag_unknown"
  | "flags_stale"
  | "flags_unreachable"
  | "control_silent"
  | "ledger_unavailable"
  | "circuit_held"
  | "matched"
  | "different_person"
  | "fingers_not_matched"
  | "capture_unusable"
  | "no_face"
  | "several_faces"
  | "face_too_far"
  | "face_off_centre"
  | "too_dark"
  | "too_bright"
  | "blurred"
  | "looking_away"
  | "glasses"
  | "head_covered"
  | "face_covered"
  | "mouth_open"
  | "eyes_closed"
  | "spoof_suspected"
  | "image_invalid"
  | "image_too_large"
  | "no_capture"
  | "person_unknown_at_api"
  | "api_timed_out"
  | "api_unreachable"
  | "api_unauthorized"
  | "api_quota_exhausted"
  | "api_rate_limited"
  | "api_server_error"
  | "api_answer_unreadable"
  | "api_circuit_open"
  | "api_refused"
  | "attempts_used_up"
  | "gateway_trouble";

export type Decision = "approved" | "rejected" | "retry_capture" | "use_legacy";

export type Login = {
  loginId: string;
  path: "biometric" | "legacy";
  reason: Reason;
  decision?: Decision;
  attemptsLeft?: number;
  feedback: Feedback;
};

export type Verification = { decision: Decision; reason: Reason; attemptsLeft: number; feedback: Feedback };

export type Comparison = { genuine: boolean; score: number; approved: boolean };

export type PassedOn = {
  id: string;
  protocol: string;
  right: "erasure" | "rectification" | "access" | "consent_withdrawal" | "block" | "deletion";
  state:
    | "received"
    | "identity_pending"
    | "in_review"
    | "awaiting_approval"
    | "awaiting_capture"
    | "scheduled"
    | "executing"
    | "verifying"
    | "failed"
    | "outcome_unknown"
    | "completed"
    | "denied"
    | "withdrawn"
    | "duplicate"
    | "not_controller"
    | "closed_unverified";
  stateText: string;
  dueAt: string;
  article: string;
  closedAs?:
    | "received"
    | "identity_pending"
    | "in_review"
    | "awaiting_approval"
    | "awaiting_capture"
    | "scheduled"
    | "executing"
    | "verifying"
    | "failed"
    | "outcome_unknown"
    | "completed"
    | "denied"
    | "withdrawn"
    | "duplicate"
    | "not_controller"
    | "closed_unverified";
  alreadyOpen?: boolean;
};

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code:
    | "key_missing"
    | "key_refused"
    | "not_permitted"
    | "keys_not_loaded"
    | "rate_limited"
    | "route_unknown"
    | "body_missing"
    | "body_not_json"
    | "body_not_accepted"
    | "request_too_large"
    | "fields_invalid"
    | "capture_missing"
    | "login_not_found"
    | "login_closed"
    | "idempotency_key_invalid"
    | "idempotency_key_reused"
    | "idempotency_key_running"
    | "already_enrolled"
    | "not_enrolled"
    | "person_blocked"
    | "erasure_pending"
    | "enrollment_running"
    | "request_not_found"
    | "received_in_future"
    | "capture_refused"
    | "spoof_suspected"
    | "custom_id_taken_at_api"
    | "custom_id_spent"
    | "person_unknown_at_api"
    | "api_unavailable"
    | "outcome_unknown"
    | "database_away"
    | "internal";
  reason?: string;
  errors?: { path: string; message: string }[];
  feedback?: Feedback;
};
