import { apiMessages } from "./schema.ts";
import type { ApiFailureCode } from "./types.ts";

/** One HTTP answer, whole. */
export type HttpAnswer = { status: number; body: string; retryAfter: string | null };

export type Refusal = { code: ApiFailureCode; message: string | null; retryAfterMs?: number };

const messageLimitCharacters = 200;
const quotaForm =
  /^out of call volume quota\. quota will be replenished in (?:(\d+)\.)?(\d+):(\d{2}):(\d{2})$/;
const rateForm = /^rate limit is exceeded\. try again in (\d+) seconds?$/;
const extractionForm = /^failed to extract\b.*\btemplate$/;
const knownExtractionForm =
  /^failed to extract (?:(?:face|finger|fingers|fingerprint|fingerprints) )?template$/;

/** A message as it is compared: without outer spaces, one final stop, and case. */
export function fold(message: string): string {
  return message.trim().replace(/\.$/, "").trimEnd().toLowerCase();
}

const businessCodes = new Map<string, ApiFailureCode>([
  [fold(apiMessages.invalidJson), "request_invalid"],
  [fold(apiMessages.customIdMandatory), "custom_id_missing"],
  [fold(apiMessages.customIdExists), "custom_id_exists"],
  [fold(apiMessages.personNotFound), "person_not_found"],
  [fold(apiMessages.invalidBase64), "image_invalid"],
  [fold(apiMessages.imageNotFound), "image_missing"],
  [fold(apiMessages.noFaces), "capture_unusable"],
  [fold(apiMessages.severalFaces), "capture_unusable"],
]);

const gatewayMessages = new Set(
  [apiMessages.missingKey, apiMessages.invalidKey, apiMessages.resourceNotFound, "Unauthorized"].map(fold),
);

/** The failure a known business message stands for, or null. */
function businessCodeOf(message: string): ApiFailureCode | null {
  const folded = fold(message);
  return businessCodes.get(folded) ?? (extractionForm.test(folded) ? "capture_unusable" : null);
}

/** The message itself when it is one the API is known to send, else null: nothing unknown is ever kept. */
function knownMessage(message: string | null): string | null {
  if (message === null) return null;
  const folded = fold(message);
  const known =
    businessCodes.has(folded) ||
    gatewayMessages.has(folded) ||
    [quotaForm, rateForm, knownExtractionForm].some((form) => form.test(folded));
  return known ? message.trim().slice(0, messageLimitCharacters) : null;
}

/**
 * The failure that an answer means, by its status and its message. The gateway's own statuses speak first;
 * then a known business message, whatever status carries it; then the status alone.
 */
export function readFailure(answer: HttpAnswer, said: string | null, nowMs: number): Refusal {
  const code = codeOf(answer.status, said);
  const passes = code === "rate_limited" || code === "quota_exhausted" || code === "server_error";
  const retryAfterMs = passes ? waitIn(answer.retryAfter, said, nowMs) : null;
  return { code, message: knownMessage(said), ...(retryAfterMs === null ? {} : { retryAfterMs }) };
}

function codeOf(status: number, said: string | null): ApiFailureCode {
  const byGateway = gatewayCode(status, said);
  if (byGateway !== null) return byGateway;
  const business = said === null ? null : businessCodeOf(said);
  return business ?? statusCode(status);
}

function gatewayCode(status: number, said: string | null): ApiFailureCode | null {
  switch (status) {
    case 401:
      return "unauthorized";
    case 403:
      return said !== null && fold(said).includes("quota") ? "quota_exhausted" : "unauthorized";
    case 429:
      return "rate_limited";
    case 502:
    case 503:
    case 504:
      return "server_error";
    default:
      return null;
  }
}

function statusCode(status: number): ApiFailureCode {
  if (status >= 500) return "server_error";
  switch (status) {
    case 404:
    case 405:
      return "endpoint_missing";
    case 408:
      return "timed_out";
    case 413:
      return "image_too_large";
    case 415:
      return "request_invalid";
    default:
      return status >= 400 ? "refused_other" : "answer_unreadable";
  }
}

function waitIn(retryAfter: string | null, said: string | null, nowMs: number): number | null {
  const header = retryAfter?.trim() ?? "";
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const at = header === "" ? Number.NaN : Date.parse(header);
  if (!Number.isNaN(at)) return Math.max(0, at - nowMs);
  if (said === null) return null;
  const rate = rateForm.exec(fold(said));
  if (rate !== null) return Number(rate[1]) * 1000;
  const quota = quotaForm.exec(fold(said));
  if (quota === null) return null;
  const [days, hours, minutes, seconds] = [1, 2, 3, 4].map((group) => Number(quota[group] ?? 0));
  return ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
}
