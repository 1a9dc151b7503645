import { describe, expect, test } from "vitest";
import type { ApiFailureCode, ApiResult, CallFacts, EnrolledPerson } from "#lib/multibiometrics/types.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { enrolledAfter, judgeEnrolment } from "./rules.ts";
import type { EnrolmentCall, Intended, SettledEnrolment } from "./types.ts";

const call: CallFacts = {
  operation: "enroll",
  status: 400,
  latencyMs: 20,
  tries: 1,
  message: null,
  answerSha256: null,
};
const first: Intended = {
  enrolmentId: "e",
  personId: "p",
  kind: "enrol",
  hadEarlierAttempt: false,
  erasedAt: null,
  isSpent: false,
  replacesAll: false,
};
const nothingScreened = { quality: null, liveness: null };
const refused = (code: ApiFailureCode, outcomeUnknown = false): ApiResult<EnrolledPerson> => {
  return { ok: false, code, call, outcomeUnknown };
};
const judged = (
  answer: ApiResult<EnrolledPerson> | null,
  more: Partial<Intended> = {},
  rest: Partial<EnrolmentCall> = {},
) =>
  judgeEnrolment({
    call: { screening: nothingScreened, fault: null, answer, ...rest },
    intended: { ...first, ...more },
    face: true,
    policy: DEFAULT_POLICY_VALUES,
  });

test("an enrolment the API confirms has happened", () => {
  const answer = { ok: true, value: { customId: "c", bioPassId: "b" }, call } as const;
  expect(judged(answer)).toEqual({ state: "succeeded", bioPassId: "b", refusal: null });
});

test("already existing after an attempt whose answer was lost means enrolled, BioPassID unknown", () => {
  const again = judged(refused("custom_id_exists"), { hadEarlierAttempt: true });
  expect(again).toEqual({ state: "succeeded", bioPassId: null, refusal: null, isEcho: true });
});

test("already existing is no echo where nobody may enrol anew, also when the client took it for one", () => {
  const again = judged(refused("custom_id_exists"), { hadEarlierAttempt: true, isSpent: true });
  expect(again).toMatchObject({ state: "refused", refusal: { code: "custom_id_spent" } });
  const echo = { ...call, status: 400, message: "CustomID already exists" };
  const taken = judged(
    { ok: true, value: { customId: "c", bioPassId: null }, call: echo },
    { isSpent: true },
  );
  expect(taken).toMatchObject({ state: "refused", refusal: { code: "custom_id_spent" } });
});

test("already existing at the first attempt means that somebody else enrolled it", () => {
  expect(judged(refused("custom_id_exists"))).toMatchObject({
    state: "refused",
    refusal: { code: "custom_id_taken_at_api" },
  });
});

test.each<ApiFailureCode>(["timed_out", "unreachable", "server_error", "answer_unreadable"])(
  "%s after the request was sent is unknown, not failed",
  (code) => {
    expect(judged(refused(code, true))).toMatchObject({
      state: "unknown",
      refusal: { code: "outcome_unknown" },
    });
  },
);

test.each<ApiFailureCode>([
  "unauthorized",
  "quota_exhausted",
  "rate_limited",
  "server_error",
  "unreachable",
  "circuit_open",
  "timed_out",
])("%s before anything took effect is a failure of the service", (code) => {
  expect(judged(refused(code))).toMatchObject({
    state: "failed",
    refusal: { code: "api_unavailable", reason: code, feedbackCode: "enroll_later" },
  });
});

test.each<ApiFailureCode>(["request_invalid", "refused_other"])(
  "%s is a refusal of what was sent",
  (code) => {
    expect(judged(refused(code))).toMatchObject({ state: "refused", refusal: { code: "api_unavailable" } });
  },
);

test("a person the API no longer knows can be enrolled again", () => {
  const answer = judged(refused("person_not_found"), { kind: "recapture" });
  expect(answer).toMatchObject({ state: "refused", refusal: { code: "person_unknown_at_api" } });
});

describe("pictures", () => {
  test("an unusable one says what to change", () => {
    const answer = judged(refused("capture_unusable"), {}, { fault: "too_dark" });
    expect(answer.refusal).toMatchObject({
      code: "capture_refused",
      reason: "too_dark",
      feedbackCode: "too_dark",
    });
  });
  test.each([
    ["image_invalid", "image_invalid", "picture_unreadable"],
    ["image_missing", "no_capture", "picture_missing"],
    ["image_too_large", "image_too_large", "picture_too_large"],
    ["capture_unusable", "capture_unusable", "capture_again"],
  ] as const)("%s is about the picture", (code, reason, feedbackCode) => {
    expect(judged(refused(code)).refusal).toMatchObject({ code: "capture_refused", reason, feedbackCode });
  });
  test("one that does not seem alive enrols nobody", () => {
    const liveness = { ok: true, value: { result: "ok", live: false }, call } as const;
    const answer = judged(null, {}, { screening: { quality: null, liveness } });
    expect(answer).toMatchObject({ state: "refused", refusal: { code: "spoof_suspected" } });
  });
  test("nobody is enrolled on a liveness check that failed", () => {
    const liveness = { ok: false, code: "server_error", call, outcomeUnknown: false } as const;
    const answer = judged(null, {}, { screening: { quality: null, liveness } });
    expect(answer).toMatchObject({
      state: "failed",
      refusal: { code: "api_unavailable", reason: "server_error" },
    });
  });
});

describe("what is enrolled after some attempts", () => {
  const day = (n: number) => new Date(Date.UTC(2026, 2, n));
  const attempt = (n: number, more: Partial<SettledEnrolment> = {}): SettledEnrolment => ({
    kind: "enrol",
    state: "succeeded",
    reason: null,
    face: true,
    fingers: [],
    settledAt: day(n),
    replacesAll: false,
    ...more,
  });
  const fingers = { kind: "recapture", face: false, fingers: [7, 2] } as const;

  test.each([
    ["nothing, before any", [], null],
    ["the face that was sent", [attempt(1)], { face: true, fingers: [], confirmedAt: day(1) }],
    [
      "the face, and the fingers that came later",
      [attempt(1), attempt(2, { ...fingers, fingers: [7, 2] })],
      { face: true, fingers: [2, 7], confirmedAt: day(2) },
    ],
    [
      "nothing of before what took its place",
      [attempt(1), attempt(2, { ...fingers, fingers: [7, 2], replacesAll: true })],
      { face: false, fingers: [2, 7], confirmedAt: day(2) },
    ],
    [
      "nothing of what was refused, failed or is unknown",
      [attempt(1, { state: "refused" }), attempt(2, { state: "unknown" }), attempt(3, { state: "failed" })],
      null,
    ],
    [
      "nothing, once the API knows the person no more",
      [attempt(1), attempt(2, { kind: "recapture", state: "refused", reason: "person_not_found" })],
      null,
    ],
  ] as [string, SettledEnrolment[], ReturnType<typeof enrolledAfter>][])("%s", (_, attempts, enrolled) => {
    expect(enrolledAfter(attempts)).toEqual(enrolled);
  });
});
