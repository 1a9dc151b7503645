import type { Budget } from "#lib/captures/examine-capture.ts";
import { readPicture } from "#lib/captures/rules.ts";
import type { PictureProblem } from "#lib/captures/types.ts";
import type { ApiFailureCode, ApiResult, Multibiometrics } from "#lib/multibiometrics/types.ts";

export type ComparisonRequest = { type: "face" | "finger"; a: string; b: string };
export type Side = "a" | "b";

export type ComparisonResult =
  | { ok: true; genuine: boolean; score: number; approved: boolean }
  | { ok: false; code: "picture_refused"; side: Side; problem: PictureProblem | "capture_unusable" }
  | { ok: false; code: "api_unavailable"; failure: ApiFailureCode; retryAfterMs?: number };

type Api = Pick<Multibiometrics, "extract" | "match">;

/**
 * Compares two pictures, nobody's enrolment: a template of each is made and the two are matched; both are forgotten
 * with the answer. Approved from the policy's minimum score on. Never throws for what the API does.
 */
export async function comparePictures(
  api: Api,
  { type, a, b }: ComparisonRequest,
  { minScore }: { minScore: number },
  budget: Budget,
): Promise<ComparisonResult> {
  const sides = { a: readPicture(a), b: readPicture(b) };
  for (const side of ["a", "b"] as const) {
    const reading = sides[side];
    if (!reading.ok) return { ok: false, code: "picture_refused", side, problem: reading.problem };
  }
  const apiType = type === "face" ? "FACE" : "FINGER";
  const options = { totalTimeoutMs: budget.remainingMs() };
  const pictureOf = (side: Side) => (sides[side].ok ? sides[side].base64 : "");
  const [templateA, templateB] = await Promise.all([
    api.extract(apiType, pictureOf("a"), options),
    api.extract(apiType, pictureOf("b"), options),
  ]);
  if (!templateA.ok) return refusalOf(templateA, "a");
  if (!templateB.ok) return refusalOf(templateB, "b");
  const rest = { totalTimeoutMs: budget.remainingMs() };
  const matched = await api.match(apiType, templateA.value.template, templateB.value.template, rest);
  if (!matched.ok) return refusalOf(matched, "a");
  const { genuine, score } = matched.value;
  return { ok: true, genuine, score, approved: score >= minScore };
}

const ABOUT_THE_PICTURE: Partial<Record<ApiFailureCode, PictureProblem | "capture_unusable">> = {
  capture_unusable: "capture_unusable",
  image_invalid: "image_invalid",
  image_missing: "no_capture",
  image_too_large: "image_too_large",
};

function refusalOf(failed: Extract<ApiResult<unknown>, { ok: false }>, side: Side): ComparisonResult {
  const problem = ABOUT_THE_PICTURE[failed.code];
  if (problem !== undefined) return { ok: false, code: "picture_refused", side, problem };
  const waiting = failed.retryAfterMs === undefined ? {} : { retryAfterMs: failed.retryAfterMs };
  return { ok: false, code: "api_unavailable", failure: failed.code, ...waiting };
}
