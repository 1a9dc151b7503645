import { z } from "zod";

/** The two ways in. */
export const PATHS = ["biometric", "legacy"] as const;

/** Why a login got the path it got. Everything but `exposed` means legacy. */
export const PATH_REASONS = [
  "exposed",
  "not_exposed",
  "not_enrolled",
  "enrollment_pending",
  "blocked",
  "paused",
  "erasure_pending",
  "halted",
  "flag_off",
  "flag_unknown",
  "flags_stale",
  "flags_unreachable",
  "control_silent",
  "ledger_unavailable",
  "circuit_held",
] as const;

/** What the application must do next. */
export const DECISIONS = ["approved", "rejected", "retry_capture", "use_legacy"] as const;

/** How one verification ended, as the history counts it. */
export const VERIFICATION_OUTCOMES = [
  "matched",
  "not_matched",
  "capture_refused",
  "spoof_suspected",
  "api_error",
] as const;

/** Why a verification ended so. */
export const VERIFICATION_REASONS = [
  "matched",
  "different_person",
  "fingers_not_matched",
  "capture_unusable",
  "no_face",
  "several_faces",
  "face_too_far",
  "face_off_centre",
  "too_dark",
  "too_bright",
  "blurred",
  "looking_away",
  "glasses",
  "head_covered",
  "face_covered",
  "mouth_open",
  "eyes_closed",
  "spoof_suspected",
  "image_invalid",
  "image_too_large",
  "no_capture",
  "person_unknown_at_api",
  "api_timed_out",
  "api_unreachable",
  "api_unauthorized",
  "api_quota_exhausted",
  "api_rate_limited",
  "api_server_error",
  "api_answer_unreadable",
  "api_circuit_open",
  "api_refused",
] as const;

/** Why a login with the biometric path was sent to the legacy way without a try. */
export const NOT_TRIED_REASONS = [
  "halted",
  "control_silent",
  "ledger_unavailable",
  "blocked",
  "paused",
  "not_enrolled",
  "attempts_used_up",
  "gateway_trouble",
] as const;

/** How a login ended. `fell_back`: offered the biometric path, ended on the legacy path. */
export const LOGIN_OUTCOMES = [
  "completed_biometric",
  "completed_legacy",
  "fell_back",
  "fell_back_failed",
  "legacy_failed",
  "rejected",
  "abandoned",
  "legacy_unreported",
] as const;

/** Why the person left the biometric path, told by us or by the application. */
export const FALLBACK_REASONS = [
  "none",
  "attempts_used_up",
  "not_matched",
  "capture_quality",
  "spoof_suspected",
  "api_trouble",
  "halted",
  "blocked",
  "paused",
  "chose_password",
  "camera_refused",
  "camera_missing",
  "told_to",
  "not_finished",
  "ledger_unavailable",
] as const;

const PURPOSES = ["login", "transaction"] as const;
export const MODALITIES = ["face", "fingers", "face_and_fingers", "none"] as const;
export const DEVICE_CLASSES = [
  "phone_android",
  "phone_ios",
  "tablet_android",
  "tablet_ios",
  "desktop_windows",
  "desktop_macos",
  "desktop_linux",
  "kiosk",
  "other",
] as const;
/** Where a verification came from: an application's login, or a member of the console's staff. */
export const SOURCES = ["gateway", "console"] as const;
const LEGACY_REASONS = ["chose_password", "camera_refused", "camera_missing", "told_to"] as const;
const REPORT_KINDS = ["false_accept", "other"] as const;

export const legacyReasonSchema = z.enum(LEGACY_REASONS);
export const reportKindSchema = z.enum(REPORT_KINDS);
export const purposeSchema = z.enum(PURPOSES);

export type Path = (typeof PATHS)[number];
export type PathReason = (typeof PATH_REASONS)[number];
export type Decision = (typeof DECISIONS)[number];
export type VerificationOutcome = (typeof VERIFICATION_OUTCOMES)[number];
export type VerificationReason = (typeof VERIFICATION_REASONS)[number];
export type NotTriedReason = (typeof NOT_TRIED_REASONS)[number];
/** The `reason` of an answer: why the path is what it is, or what came of the try. */
export type AnswerReason = PathReason | VerificationReason | NotTriedReason;
export type LoginOutcome = (typeof LOGIN_OUTCOMES)[number];
export type FallbackReason = (typeof FALLBACK_REASONS)[number];
export type Purpose = (typeof PURPOSES)[number];
export type Modality = (typeof MODALITIES)[number];
export type DeviceClass = (typeof DEVICE_CLASSES)[number];
export type Source = (typeof SOURCES)[number];
export type LegacyReason = (typeof LEGACY_REASONS)[number];
export type ReportKind = (typeof REPORT_KINDS)[number];
