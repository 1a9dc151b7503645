import type { ApiFailureCode } from "#lib/multibiometrics/types.ts";
import type { Seen } from "./lab.ts";
import { writeSaid } from "./rules.ts";
import type { AnswerForm, Finding, Verdict } from "./types.ts";

/** A verdict with what it rests on. */
export type Judgement = {
  verdict: Verdict;
  findings: Finding[];
  code?: ApiFailureCode;
  /** The exchange that decided it, by its place among the check's; the last where it is not said. */
  decisive?: number;
};

export const passes: Judgement = { verdict: "pass", findings: [] };
export const differs = (...findings: Finding[]): Judgement => ({ verdict: "differs", findings });
export const fails = (finding: Finding, code?: ApiFailureCode): Judgement => {
  return { verdict: "fail", findings: [finding], ...(code === undefined ? {} : { code }) };
};

/** What the guide says of a refusal, and what our client must read in it. */
export type ExpectedRefusal = {
  code: ApiFailureCode;
  status: number;
  form: AnswerForm;
  /** One of these, to the letter. */
  messages: readonly string[];
};

const SERVICE_FINDINGS: Partial<Record<ApiFailureCode, Finding>> = {
  unauthorized: "key_refused",
  quota_exhausted: "quota_used_up",
  rate_limited: "rate_limited",
  server_error: "service_error",
  endpoint_missing: "not_served",
  answer_unreadable: "unreadable",
  timed_out: "no_answer",
  unreachable: "no_answer",
};

/** A failure that stands in the way of what a check wanted to see. */
export function failed(code: ApiFailureCode): Judgement {
  return fails(SERVICE_FINDINGS[code] ?? "other_refusal", code);
}

/** Why an answer was no success; null where it was one. */
export function judgeFailure(seen: Seen<unknown>): Judgement | null {
  if (!seen.answered) return failed(seen.code);
  return seen.reading.ok ? null : failed(seen.reading.code);
}

/**
 * A refusal against the guide: it passes to the letter, differs where only its wrapping does and our client reads what it
 * means all the same, and fails where our client reads another meaning, or none.
 */
export function judgeRefusal(expected: ExpectedRefusal, seen: Seen<unknown>): Judgement {
  if (!seen.answered) return failed(seen.code);
  if (seen.reading.ok) return fails("accepted");
  if (seen.reading.code !== expected.code) return failed(seen.reading.code);
  const findings: Finding[] = [];
  if (seen.status !== expected.status) findings.push("status_differs");
  if (seen.message === null || !expected.messages.includes(seen.message)) findings.push("message_differs");
  const wantsJson = expected.form !== "text";
  if (seen.form !== expected.form || seen.contentType.includes("json") !== wantsJson)
    findings.push("form_differs");
  return findings.length === 0 ? passes : differs(...findings);
}

/** The refusal as a fact. Words that are not the API's known ones are not kept. */
export function saidIn(seen: Seen<unknown>): string | null {
  if (!seen.answered || seen.reading.ok) return null;
  const { status, form, contentType } = seen;
  const known = seen.reading.message;
  const message = known ?? "?";
  return writeSaid({ status, form, contentType: contentType.slice(0, 60).replaceAll("|", " "), message });
}

/** A picture the guide does not list: refused as such, or taken, which changes nothing for what Gatehouse sends. */
export function judgeFormat(expected: ExpectedRefusal, seen: Seen<unknown>, taken: Finding): Judgement {
  return seen.answered && seen.reading.ok ? differs(taken) : judgeRefusal(expected, seen);
}

/** A call that belongs to a package of its own, or that a host may not serve. */
export function judgeOtherPackage(seen: Seen<unknown>): Judgement | null {
  if (!seen.answered || seen.reading.ok) return null;
  if (seen.reading.code === "unauthorized") return { verdict: "not_in_plan", findings: ["other_package"] };
  if (seen.reading.code === "endpoint_missing") return { verdict: "not_in_plan", findings: ["not_served"] };
  return null;
}
