import { refusedQuality } from "#lib/captures/rules.ts";
import type { CaptureFault, PictureProblem } from "#lib/captures/types.ts";
import { captureFeedback } from "#lib/logins/rules.ts";
import { fold } from "#lib/multibiometrics/read-failure.ts";
import { isServiceFailure } from "#lib/multibiometrics/remedies.ts";
import { apiMessages } from "#lib/multibiometrics/schema.ts";
import type { ApiFailureCode } from "#lib/multibiometrics/types.ts";
import type { PolicyValues } from "#lib/policies/schema.ts";
import type { EnrolledThen, EnrolmentCall, EnrolmentRefusal, Intended, SettledEnrolment } from "./types.ts";

/** All calls of one enrolment together: it is done once, so it may take longer than a login. */
export const ENROLMENT_TIMEOUT_MS = 10_000;

/** An attempt this old was cut off: no call lives so long. */
export const RUNNING_FOR_AT_MOST_MS = 60_000;

type Settled =
  | {
      state: "succeeded";
      bioPassId: string | null;
      refusal: null;
      /** The API holds what an earlier attempt sent, not what this one did. */
      isEcho?: true;
    }
  | { state: "refused" | "failed" | "unknown"; refusal: EnrolmentRefusal };

type Facts = { call: EnrolmentCall; intended: Intended; face: boolean; policy: PolicyValues };

/** What came of an enrolment: it happened, it did not, or nobody can say. */
export function judgeEnrolment({ call, intended, face, policy }: Facts): Settled {
  const screened = judgeScreening(call, face, policy);
  if (screened !== null) return screened;
  const { answer } = call;
  if (answer === null) return failed("timed_out");
  if (intended.isSpent && saysExists(answer))
    return { state: "refused", refusal: refusal("custom_id_spent", "custom_id_exists", "use_password") };
  if (answer.ok) return { state: "succeeded", bioPassId: answer.value.bioPassId, refusal: null };
  if (answer.outcomeUnknown) {
    return { state: "unknown", refusal: refusal("outcome_unknown", answer.code, "enroll_later") };
  }
  if (answer.code === "custom_id_exists" && intended.kind === "enrol") {
    // The earlier attempt worked and only its answer was lost; no call exists that would tell the BioPassID.
    if (intended.hadEarlierAttempt) {
      return { state: "succeeded", bioPassId: null, refusal: null, isEcho: true };
    }
    return { state: "refused", refusal: refusal("custom_id_taken_at_api", answer.code, "enroll_later") };
  }
  if (answer.code === "person_not_found") {
    return { state: "refused", refusal: refusal("person_unknown_at_api", answer.code, "enroll_later") };
  }
  const fault = faultOfAnswer(answer.code, call.fault);
  if (fault !== null) return { state: "refused", refusal: captureRefusal(fault, face) };
  return failed(answer.code, answer.retryAfterMs);
}

/** Also where the client took it for the echo of a try of its own whose answer was lost. */
function saysExists(answer: NonNullable<EnrolmentCall["answer"]>): boolean {
  if (!answer.ok) return answer.code === "custom_id_exists";
  return answer.call.message !== null && fold(answer.call.message) === fold(apiMessages.customIdExists);
}

function judgeScreening({ screening }: EnrolmentCall, face: boolean, policy: PolicyValues): Settled | null {
  const { quality, liveness } = screening;
  const refused = quality?.ok ? refusedQuality(quality.value, policy) : null;
  if (refused !== null) return { state: "refused", refusal: captureRefusal(refused, face) };
  if (liveness === null) return null;
  if (!liveness.ok) {
    const fault = faultOfAnswer(liveness.code, null);
    if (fault !== null) return { state: "refused", refusal: captureRefusal(fault, face) };
    return failed(liveness.code, liveness.retryAfterMs);
  }
  const { result, live } = liveness.value;
  if (result !== "ok") return { state: "refused", refusal: captureRefusal(result, face) };
  if (live) return null;
  return { state: "refused", refusal: refusal("spoof_suspected", null, "live_person_needed") };
}

/** Whether the API's refusal is about the picture, and what then. */
function faultOfAnswer(
  code: ApiFailureCode,
  fault: CaptureFault | null,
): CaptureFault | PictureProblem | null {
  if (code === "capture_unusable") return fault ?? "capture_unusable";
  if (code === "image_invalid" || code === "image_too_large") return code;
  return code === "image_missing" ? "no_capture" : null;
}

/** The refusal of a picture, with the feedback that says what to change. */
export const captureRefusal = (reason: CaptureFault | PictureProblem, face: boolean): EnrolmentRefusal =>
  refusal("capture_refused", reason, captureFeedback({ face }, reason));

function failed(code: ApiFailureCode, retryAfterMs?: number): Settled {
  const kind = isServiceFailure(code) ? "failed" : "refused";
  const waiting = retryAfterMs === undefined ? {} : { retryAfterMs };
  return { state: kind, refusal: { ...refusal("api_unavailable", code, "enroll_later"), ...waiting } };
}

/** A refusal in full. */
export const refusal = (
  code: EnrolmentRefusal["code"],
  reason: EnrolmentRefusal["reason"],
  feedbackCode: EnrolmentRefusal["feedbackCode"],
): EnrolmentRefusal => ({ ok: false, code, reason, feedbackCode });

/**
 * What is enrolled after these attempts, oldest first: each success adds what it sent, or takes the place of all before it,
 * and a person the API says it does not know has nothing. Null when nothing is known to be enrolled.
 */
export function enrolledAfter(attempts: readonly SettledEnrolment[]): EnrolledThen | null {
  return attempts.reduce<EnrolledThen | null>(afterAttempt, null);
}

function afterAttempt(before: EnrolledThen | null, attempt: SettledEnrolment): EnrolledThen | null {
  const { kind, state, reason, face, settledAt } = attempt;
  if (kind === "recapture" && state === "refused" && reason === "person_not_found") return null;
  if (state !== "succeeded" || settledAt === null) return before;
  const kept = attempt.replacesAll ? null : before;
  const fingers = new Set([...(kept?.fingers ?? []), ...attempt.fingers]);
  return {
    face: face || (kept?.face ?? false),
    fingers: [...fingers].sort((a, b) => a - b),
    confirmedAt: settledAt,
  };
}
