import { describe, expect, test } from "vitest";
import type { CaptureFault, PictureProblem } from "#lib/captures/types.ts";
import type {
  ApiFailureCode,
  ApiResult,
  CallFacts,
  IcaoReport,
  Liveness,
  Verdict,
} from "#lib/multibiometrics/types.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { choosePath, failuresBeforePause, judge, legacyEnd } from "./rules.ts";
import type { Candidate, PathFacts, TryFacts } from "./types.ts";

const now = new Date("2026-03-13T12:00:00Z");
const later = new Date("2026-03-13T12:00:01Z");
const enrolled: Candidate = {
  personId: "p",
  status: "enrolled",
  bucket: 8,
  pausedUntil: null,
  failuresInARow: 0,
};

const exposed: PathFacts = {
  halted: false,
  controlSilent: false,
  candidate: enrolled,
  withinIntent: true,
  flag: "flag_on",
  circuitHeld: false,
  now,
};
/** Everything that stands in the way at once, so that each row shows what is decided first. */
const nothingGoes: PathFacts = {
  halted: true,
  controlSilent: true,
  candidate: "unavailable",
  withinIntent: false,
  flag: "flag_off",
  circuitHeld: true,
  now,
};

describe("choosePath", () => {
  test("offers the biometric path to an enrolled person whom our intent and Unleash both include", () => {
    expect(choosePath(exposed)).toEqual({ path: "biometric", reason: "exposed" });
  });

  test("sends everybody who would be offered it to the old way while the circuit is held open", () => {
    expect(choosePath({ ...exposed, circuitHeld: true })).toEqual({ path: "legacy", reason: "circuit_held" });
  });

  test.each<[string, Partial<PathFacts>, string]>([
    ["a halt comes before everything", {}, "halted"],
    ["then silence of the control", { halted: false }, "control_silent"],
    ["then the ledger", { halted: false, controlSilent: false }, "ledger_unavailable"],
    [
      "then whether anybody is known",
      { halted: false, controlSilent: false, candidate: null },
      "not_enrolled",
    ],
    [
      "then whether enrolment is settled",
      { halted: false, controlSilent: false, candidate: { ...enrolled, status: "pending" } },
      "enrollment_pending",
    ],
    [
      "then a block, before a pause",
      {
        halted: false,
        controlSilent: false,
        candidate: { ...enrolled, status: "blocked", pausedUntil: later },
      },
      "blocked",
    ],
    [
      "then a pause, before the rollout",
      { halted: false, controlSilent: false, candidate: { ...enrolled, pausedUntil: later } },
      "paused",
    ],
    [
      "then our own intent, before Unleash",
      { halted: false, controlSilent: false, candidate: enrolled },
      "not_exposed",
    ],
    [
      "then Unleash",
      { halted: false, controlSilent: false, candidate: enrolled, withinIntent: true },
      "flag_off",
    ],
  ])("%s", (_, facts, reason) => {
    expect(choosePath({ ...nothingGoes, ...facts })).toEqual({ path: "legacy", reason });
  });

  test.each(["flag_off", "flag_unknown", "flags_stale", "flags_unreachable"] as const)(
    "%s means legacy",
    (flag) => {
      expect(choosePath({ ...exposed, flag })).toEqual({ path: "legacy", reason: flag });
    },
  );

  test("a pause ends in the millisecond it was set to", () => {
    expect(choosePath({ ...exposed, candidate: { ...enrolled, pausedUntil: now } }).path).toBe("biometric");
  });
});

const call: CallFacts = {
  operation: "verify",
  status: 200,
  latencyMs: 12,
  tries: 1,
  message: null,
  answerSha256: null,
};
const done = <T>(value: T): ApiResult<T> => ({ ok: true, value, call });
const failure = (code: ApiFailureCode): ApiResult<never> => ({
  ok: false,
  code,
  call,
  outcomeUnknown: false,
});
const verdict = (match: boolean, faceMatched: boolean): ApiResult<Verdict> =>
  done({ match, faceMatched, nonMatchedFingers: match ? [] : [2], listedFingers: [] });
const report = (name: string, confidence = 90): ApiResult<IcaoReport> =>
  done({
    faceImageConformed: 0,
    allConformed: false,
    requirements: { [name]: { conformed: false, confidence } },
  });
const live: Liveness = { result: "ok", live: true };

const faceTry: TryFacts = {
  problem: null,
  face: true,
  fingers: [],
  screening: null,
  verdict: verdict(true, true),
  fault: null,
  policy: DEFAULT_POLICY_VALUES,
  attempt: 1,
  attemptsAllowed: 3,
};
const fingerTry: TryFacts = { ...faceTry, face: false, fingers: [2, 7] };
const last = { attempt: 3 };
const policy = (values: Partial<TryFacts["policy"]>) => ({ policy: { ...DEFAULT_POLICY_VALUES, ...values } });

describe("judge: match", () => {
  test("takes Match as the verdict, whatever else is listed", () => {
    const answer = judge({ ...fingerTry, verdict: verdict(true, false) });
    expect(answer).toMatchObject({
      outcome: "matched",
      decision: "approved",
      feedbackCode: "welcome",
      pathEnded: true,
    });
  });

  test.each<[string, TryFacts, string, string, string, string]>([
    ["another face", faceTry, "different_person", "retry_capture", "not_matched", "not_matched"],
    [
      "another finger",
      fingerTry,
      "fingers_not_matched",
      "retry_capture",
      "finger_not_matched",
      "not_matched",
    ],
    [
      "another face, last try",
      { ...faceTry, ...last },
      "different_person",
      "use_legacy",
      "not_matched_last",
      "attempts_used_up",
    ],
    [
      "another finger, last try",
      { ...fingerTry, ...last },
      "fingers_not_matched",
      "use_legacy",
      "not_matched_last",
      "attempts_used_up",
    ],
    [
      "another face where the policy sends to the password",
      { ...faceTry, ...policy({ afterNotMatched: "use_legacy" }) },
      "different_person",
      "use_legacy",
      "not_matched_last",
      "not_matched",
    ],
    [
      "another face where the policy rejects",
      { ...faceTry, ...policy({ afterNotMatched: "reject" }) },
      "different_person",
      "rejected",
      "refused",
      "not_matched",
    ],
    [
      "another face, last try, where the policy rejects then",
      { ...faceTry, ...last, ...policy({ afterLastAttempt: "reject" }) },
      "different_person",
      "rejected",
      "refused",
      "attempts_used_up",
    ],
  ])("%s", (_, facts, reason, decision, feedbackCode, fallbackReason) => {
    const judged = judge({ ...facts, verdict: verdict(false, false) });
    expect(judged).toMatchObject({ outcome: "not_matched", reason, decision, feedbackCode, fallbackReason });
    expect(judged.pathEnded).toBe(decision !== "retry_capture");
  });

  test("a face that matched beside a finger that did not is a matter of the finger", () => {
    const facts = { ...faceTry, fingers: [2] as const, verdict: verdict(false, true) };
    expect(judge(facts).reason).toBe("fingers_not_matched");
  });
});

describe("judge: trouble with the API", () => {
  test.each<[ApiFailureCode, string]>([
    ["unauthorized", "api_unauthorized"],
    ["quota_exhausted", "api_quota_exhausted"],
    ["rate_limited", "api_rate_limited"],
    ["server_error", "api_server_error"],
    ["timed_out", "api_timed_out"],
    ["unreachable", "api_unreachable"],
    ["answer_unreadable", "api_answer_unreadable"],
    ["circuit_open", "api_circuit_open"],
    ["endpoint_missing", "api_refused"],
    ["refused_other", "api_refused"],
    ["request_invalid", "api_refused"],
    ["custom_id_missing", "api_refused"],
    ["custom_id_exists", "api_refused"],
    ["person_not_found", "person_unknown_at_api"],
  ])("%s ends as use_legacy with %s, and tries are left for when it is over", (code, reason) => {
    expect(judge({ ...faceTry, verdict: failure(code) })).toEqual({
      outcome: "api_error",
      reason,
      decision: "use_legacy",
      feedbackCode: "use_password_this_time",
      fallbackReason: "api_trouble",
      pathEnded: false,
      apiTrouble: true,
    });
  });

  test("a verification nobody had time for counts as timed out", () => {
    expect(judge({ ...faceTry, verdict: null }).reason).toBe("api_timed_out");
  });
});

describe("judge: the picture", () => {
  test.each<[PictureProblem, string, string]>([
    ["no_capture", "no_capture", "picture_missing"],
    ["base64_invalid", "image_invalid", "picture_damaged"],
    ["image_invalid", "image_invalid", "picture_unreadable"],
    ["image_too_large", "image_too_large", "picture_too_large"],
  ])("%s is told before anything is asked", (problem, reason, feedbackCode) => {
    const judged = judge({ ...faceTry, problem, verdict: null });
    expect(judged).toMatchObject({
      outcome: "capture_refused",
      reason,
      feedbackCode,
      decision: "retry_capture",
    });
  });

  test.each<[CaptureFault, string]>([
    ["no_face", "no_face"],
    ["several_faces", "several_faces"],
    ["face_too_far", "come_closer"],
    ["face_off_centre", "centre_face"],
    ["too_dark", "too_dark"],
    ["too_bright", "too_bright"],
    ["blurred", "blurred"],
    ["looking_away", "look_at_camera"],
    ["glasses", "remove_glasses"],
    ["head_covered", "uncover_head"],
    ["face_covered", "uncover_face"],
    ["mouth_open", "close_mouth"],
    ["eyes_closed", "open_eyes"],
    ["capture_unusable", "capture_again"],
  ])("an unusable face with %s says what to change", (fault, feedbackCode) => {
    const judged = judge({ ...faceTry, verdict: failure("capture_unusable"), fault });
    expect(judged).toMatchObject({
      reason: fault,
      feedbackCode,
      decision: "retry_capture",
      apiTrouble: false,
    });
  });

  test("an unusable finger has a remedy of its own", () => {
    const judged = judge({ ...fingerTry, verdict: failure("capture_unusable") });
    expect(judged).toMatchObject({ reason: "capture_unusable", feedbackCode: "finger_again" });
  });

  test.each<[ApiFailureCode, string]>([
    ["image_invalid", "image_invalid"],
    ["image_missing", "no_capture"],
    ["image_too_large", "image_too_large"],
  ])("%s from the API is about the picture, not about the service", (code, reason) => {
    expect(judge({ ...faceTry, verdict: failure(code) })).toMatchObject({
      outcome: "capture_refused",
      reason,
    });
  });

  test("a bad picture never rejects anybody, however strict the policy", () => {
    const strict = policy({ afterLastAttempt: "reject", afterNotMatched: "reject" });
    const judged = judge({ ...faceTry, ...last, ...strict, verdict: failure("capture_unusable") });
    expect(judged).toMatchObject({
      decision: "use_legacy",
      feedbackCode: "use_password",
      fallbackReason: "capture_quality",
    });
  });
});

describe("judge: the checks before a verification", () => {
  const screened = (
    quality: ApiResult<IcaoReport> | null,
    liveness: ApiResult<Liveness> | null,
  ): TryFacts => ({
    ...faceTry,
    screening: { quality, liveness },
  });

  test("what the policy refuses costs a try and is not compared", () => {
    expect(judge(screened(report("Blurred"), null))).toMatchObject({
      outcome: "capture_refused",
      reason: "blurred",
    });
  });
  test("what the policy lets pass is compared", () => {
    expect(judge(screened(report("Hat_Cap"), null)).decision).toBe("approved");
  });
  test("what the API is unsure about is compared", () => {
    expect(judge(screened(report("Blurred", 49), null)).decision).toBe("approved");
  });
  test("a quality check that failed refuses nobody", () => {
    expect(judge(screened(failure("unauthorized"), done(live))).decision).toBe("approved");
  });
  test("a suspected spoof ends the biometric path at once", () => {
    expect(judge(screened(null, done({ result: "ok", live: false })))).toMatchObject({
      outcome: "spoof_suspected",
      decision: "use_legacy",
      feedbackCode: "live_person_needed",
      pathEnded: true,
    });
  });
  test.each(["no_face", "several_faces"] as const)(
    "%s at the liveness check may be tried again",
    (result) => {
      expect(judge(screened(null, done({ result, live: false })))).toMatchObject({
        reason: result,
        decision: "retry_capture",
      });
    },
  );
  test("nobody gets in on a liveness check that failed", () => {
    expect(judge(screened(null, failure("timed_out")))).toMatchObject({
      decision: "use_legacy",
      reason: "api_timed_out",
    });
  });
});

test.each([
  ["biometric", true, "fell_back"],
  ["biometric", false, "fell_back_failed"],
  ["legacy", true, "completed_legacy"],
  ["legacy", false, "legacy_failed"],
] as const)("a login offered %s whose password succeeded: %s ends as %s", (path, succeeded, outcome) => {
  expect(legacyEnd(path, succeeded)).toBe(outcome);
});

test("liveness allows more failures in a row before a pause", () => {
  expect(failuresBeforePause(DEFAULT_POLICY_VALUES)).toBe(5);
  expect(failuresBeforePause({ ...DEFAULT_POLICY_VALUES, livenessRequired: true })).toBe(10);
});

test("fingers alone, which nothing checks for life, are not allowed more", () => {
  const policy = { ...DEFAULT_POLICY_VALUES, livenessRequired: true };
  expect(failuresBeforePause(policy, { face: false })).toBe(5);
  expect(failuresBeforePause(policy, { face: true })).toBe(10);
});
