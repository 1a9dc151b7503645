import { expect, test } from "vitest";
import type { ApiFailureCode, ApiResult } from "#lib/multibiometrics/types.ts";
import { isProven, isRecognised, nextTryAt, outcomeOf } from "./rules.ts";

const call = {
  operation: "delete",
  status: null,
  latencyMs: 5,
  tries: 1,
  message: null,
  answerSha256: null,
} as const;
const failed = (code: ApiFailureCode, outcomeUnknown = false): ApiResult<never> => ({
  ok: false,
  code,
  call,
  outcomeUnknown,
});

test.each([
  ["unauthorized", false, "refused"],
  ["rate_limited", false, "refused"],
  ["quota_exhausted", false, "refused"],
  ["circuit_open", false, "refused"],
  ["unreachable", false, "refused"],
  ["unreachable", true, "unknown"],
  ["timed_out", true, "unknown"],
  ["server_error", true, "unknown"],
  ["answer_unreadable", true, "unknown"],
  ["refused_other", false, "unknown"],
  ["person_not_found", false, "done"],
] as const)("a DELETE that ends as %s (may have had an effect: %s) is %s", (code, outcomeUnknown, state) => {
  expect(outcomeOf(failed(code, outcomeUnknown))).toEqual({ state, code });
});

test("after a minute, 5, 30, 2 hours and 12 it is tried again, then it is a person's turn", () => {
  const at = new Date("2026-03-06T12:00:00.000Z");
  const minutes = [1, 2, 3, 4, 5, 6].map((failures) => {
    const next = nextTryAt(failures, at);
    return next && (next.getTime() - at.getTime()) / 60_000;
  });
  expect(minutes).toEqual([1, 5, 30, 120, 720, null]);
});

test("only the last word of the API proves anything", () => {
  const gone = { kind: "probe", state: "done", code: "person_not_found" } as const;
  const found = { kind: "probe", state: "done", code: "ok" } as const;
  const lost = { kind: "probe", state: "unknown", code: "timed_out" } as const;
  const deleted = { kind: "delete", state: "done", code: "person_not_found" } as const;
  expect([[gone], [found, gone], [gone, found], [gone, lost], [deleted], []].map(isProven)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  const matched = { kind: "verify", state: "done", code: "ok" } as const;
  const replaced = { kind: "update", state: "done", code: "ok" } as const;
  expect([[replaced, matched], [replaced], []].map(isRecognised)).toEqual([true, false, false]);
});
