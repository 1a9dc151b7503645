import { refusedQuality } from "#lib/captures/rules.ts";
import type { CaptureFault, PictureProblem } from "#lib/captures/types.ts";
import type { FeedbackCode } from "#lib/feedback/schema.ts";
import type { ApiFailureCode } from "#lib/multibiometrics/types.ts";
import type {
  FallbackReason,
  LoginOutcome,
  Path,
  PathReason,
  VerificationOutcome,
  VerificationReason,
} from "./schema.ts";
import type { Judgement, PathFacts, TryFacts } from "./types.ts";

type Chosen = { path: Path; reason: PathReason };

/** Which way a login goes, and the first reason that decides it. Only `exposed` means the biometric path. */
export function choosePath(facts: PathFacts): Chosen {
  const obstacle = obstacleTo(facts);
  return obstacle === null ? { path: "biometric", reason: "exposed" } : { path: "legacy", reason: obstacle };
}

function obstacleTo({
  halted,
  controlSilent,
  candidate,
  withinIntent,
  flag,
  circuitHeld,
  now,
}: PathFacts): PathReason | null {
  if (halted) return "halted";
  if (controlSilent) return "control_silent";
  if (candidate === "unavailable") return "ledger_unavailable";
  if (candidate === null) return "not_enrolled";
  if (candidate.status === "pending") return "enrollment_pending";
  if (candidate.status === "blocked") return "blocked";
  if (isPaused(candidate, now)) return "paused";
  if (!withinIntent) return "not_exposed";
  if (flag !== "flag_on") return flag;
  // Last, so that it counts exactly those who would have been offered the path.
  return circuitHeld ? "circuit_held" : null;
}

/** Whether too many failures in a row keep a person on the legacy path for now. */
export const isPaused = ({ pausedUntil }: { pausedUntil: Date | null }, now: Date): boolean =>
  pausedUntil !== null && pausedUntil > now;

const FAULT_FEEDBACK: Record<Exclude<CaptureFault, "capture_unusable">, FeedbackCode> = {
  no_face: "no_face",
  several_faces: "several_faces",
  face_too_far: "come_closer",
  face_off_centre: "centre_face",
  too_dark: "too_dark",
  too_bright: "too_bright",
  blurred: "blurred",
  looking_away: "look_at_camera",
  glasses: "remove_glasses",
  head_covered: "uncover_head",
  face_covered: "uncover_face",
  mouth_open: "close_mouth",
  eyes_closed: "open_eyes",
};

const PICTURE_FEEDBACK: Record<PictureProblem, FeedbackCode> = {
  no_capture: "picture_missing",
  base64_invalid: "picture_damaged",
  image_invalid: "picture_unreadable",
  image_too_large: "picture_too_large",
};

type Refusal =
  | { kind: "capture"; reason: CaptureFault | PictureProblem }
  | { kind: "api"; reason: VerificationReason };

/** What each failure of the API says: about the picture, or about the service. */
const FAILURES: Record<ApiFailureCode, Refusal> = {
  capture_unusable: { kind: "capture", reason: "capture_unusable" },
  image_invalid: { kind: "capture", reason: "image_invalid" },
  image_missing: { kind: "capture", reason: "no_capture" },
  image_too_large: { kind: "capture", reason: "image_too_large" },
  person_not_found: { kind: "api", reason: "person_unknown_at_api" },
  request_invalid: { kind: "api", reason: "api_refused" },
  custom_id_missing: { kind: "api", reason: "api_refused" },
  custom_id_exists: { kind: "api", reason: "api_refused" },
  refused_other: { kind: "api", reason: "api_refused" },
  unauthorized: { kind: "api", reason: "api_unauthorized" },
  quota_exhausted: { kind: "api", reason: "api_quota_exhausted" },
  rate_limited: { kind: "api", reason: "api_rate_limited" },
  endpoint_missing: { kind: "api", reason: "api_refused" },
  server_error: { kind: "api", reason: "api_server_error" },
  timed_out: { kind: "api", reason: "api_timed_out" },
  unreachable: { kind: "api", reason: "api_unreachable" },
  answer_unreadable: { kind: "api", reason: "api_answer_unreadable" },
  circuit_open: { kind: "api", reason: "api_circuit_open" },
};

/** What came of one try, in the order in which the steps were taken. */
export function judge(facts: TryFacts): Judgement {
  if (facts.problem !== null) return captureRefused(facts, facts.problem);
  return judgeScreening(facts) ?? judgeVerdict(facts);
}

/** What the checks before the verification refuse, or null when the verification may follow. */
export function judgeScreening(facts: TryFacts): Judgement | null {
  const { quality = null, liveness = null } = facts.screening ?? {};
  // A quality check that failed refuses nobody: it may be another package, another key, and it is no safeguard.
  const refused = quality?.ok ? refusedQuality(quality.value, facts.policy) : null;
  if (refused !== null) return captureRefused(facts, refused);
  if (liveness === null) return null;
  if (!liveness.ok) return failed(facts, liveness.code);
  if (liveness.value.result !== "ok") return captureRefused(facts, liveness.value.result);
  return liveness.value.live ? null : spoofSuspected;
}

function judgeVerdict(facts: TryFacts): Judgement {
  const { verdict } = facts;
  if (verdict === null) return failed(facts, "timed_out");
  if (!verdict.ok) return failed(facts, verdict.code);
  return verdict.value.match ? matched : notMatched(facts, verdict.value.faceMatched);
}

const matched: Judgement = {
  outcome: "matched",
  reason: "matched",
  decision: "approved",
  feedbackCode: "welcome",
  fallbackReason: "none",
  pathEnded: true,
  apiTrouble: false,
};

/** A suspected spoof ends the biometric path of this login: a second try would only train the attacker. */
const spoofSuspected: Judgement = {
  outcome: "spoof_suspected",
  reason: "spoof_suspected",
  decision: "use_legacy",
  feedbackCode: "live_person_needed",
  fallbackReason: "spoof_suspected",
  pathEnded: true,
  apiTrouble: false,
};

function failed(facts: TryFacts, code: ApiFailureCode): Judgement {
  const refusal = FAILURES[code];
  if (refusal.kind === "capture") {
    return captureRefused(
      facts,
      refusal.reason === "capture_unusable" ? (facts.fault ?? refusal.reason) : refusal.reason,
    );
  }
  return {
    outcome: "api_error",
    reason: refusal.reason,
    decision: "use_legacy",
    feedbackCode: "use_password_this_time",
    fallbackReason: "api_trouble",
    pathEnded: false,
    apiTrouble: true,
  };
}

/** A bad picture never rejects anybody: the last one leads to the password. */
function captureRefused(facts: TryFacts, reason: CaptureFault | PictureProblem): Judgement {
  const isLast = facts.attempt >= facts.attemptsAllowed;
  return {
    outcome: "capture_refused",
    // The history asks whether it was a picture at all; how it was broken is for the application's developer.
    reason: reason === "base64_invalid" ? "image_invalid" : reason,
    decision: isLast ? "use_legacy" : "retry_capture",
    feedbackCode: isLast ? "use_password" : captureFeedback(facts, reason),
    fallbackReason: "capture_quality",
    pathEnded: isLast,
    apiTrouble: false,
  };
}

/** What to tell a person about a picture that could not be used. */
export function captureFeedback(
  { face }: Pick<TryFacts, "face">,
  reason: CaptureFault | PictureProblem,
): FeedbackCode {
  if (isPictureProblem(reason)) return PICTURE_FEEDBACK[reason];
  if (reason === "capture_unusable") return face ? "capture_again" : "finger_again";
  return FAULT_FEEDBACK[reason];
}

const isPictureProblem = (reason: CaptureFault | PictureProblem): reason is PictureProblem =>
  reason in PICTURE_FEEDBACK;

function notMatched(facts: TryFacts, faceMatched: boolean): Judgement {
  const { policy } = facts;
  const isLast = facts.attempt >= facts.attemptsAllowed;
  const byFinger = facts.fingers.length > 0 && (!facts.face || faceMatched);
  const verdict = {
    outcome: "not_matched",
    reason: byFinger ? "fingers_not_matched" : "different_person",
    apiTrouble: false,
  } as const;
  if (!isLast && policy.afterNotMatched === "retry") {
    const feedbackCode = byFinger ? "finger_not_matched" : "not_matched";
    return {
      ...verdict,
      decision: "retry_capture",
      feedbackCode,
      fallbackReason: "not_matched",
      pathEnded: false,
    };
  }
  const rejects = (isLast ? policy.afterLastAttempt : policy.afterNotMatched) === "reject";
  const fallbackReason: FallbackReason = isLast ? "attempts_used_up" : "not_matched";
  if (rejects) {
    return { ...verdict, decision: "rejected", feedbackCode: "refused", fallbackReason, pathEnded: true };
  }
  return {
    ...verdict,
    decision: "use_legacy",
    feedbackCode: "not_matched_last",
    fallbackReason,
    pathEnded: true,
  };
}

/** How a login ends once the application says how the old way went. */
export function legacyEnd(path: Path, succeeded: boolean): LoginOutcome {
  if (path === "biometric") return succeeded ? "fell_back" : "fell_back_failed";
  return succeeded ? "completed_legacy" : "legacy_failed";
}

const FALLBACK_OF: Record<VerificationOutcome, FallbackReason> = {
  matched: "not_finished",
  not_matched: "not_matched",
  capture_refused: "capture_quality",
  spoof_suspected: "spoof_suspected",
  api_error: "api_trouble",
};

/** Why a login falls back whose last recorded try ended like this. */
export function fallbackAfter(
  lastOutcome: VerificationOutcome,
  attemptsUsed: number,
  attemptsAllowed: number,
): FallbackReason {
  const isUsedUp = lastOutcome === "not_matched" && attemptsUsed >= attemptsAllowed;
  return isUsedUp ? "attempts_used_up" : FALLBACK_OF[lastOutcome];
}

/** How many failures in a row pause a person. Only a face is checked for life, so fingers alone never get the higher limit. */
export const failuresBeforePause = (policy: TryFacts["policy"], { face } = { face: true }): number =>
  policy.livenessRequired && face ? policy.failuresBeforePauseWithLiveness : policy.failuresBeforePause;
