import type { ApiFailureCode, Operation } from "./types.ts";

/** How one try failed, as far as a second one depends on it. */
export type FailedTry = {
  code: ApiFailureCode;
  status: number | null;
  /** True when the request may have reached the service. */
  sent: boolean;
  retryAfterMs?: number;
};

type Allowance = { retries: number; afterTimeout: boolean };

// Reads may be asked again at will. A write is asked again once; update not after a timeout, because nothing in
// its second answer would tell whether the first one worked.
const allowances: Record<Operation, Allowance> = {
  enroll: { retries: 1, afterTimeout: true },
  update: { retries: 1, afterTimeout: false },
  delete: { retries: 1, afterTimeout: true },
  verify: { retries: 2, afterTimeout: true },
  extract: { retries: 2, afterTimeout: true },
  match: { retries: 2, afterTimeout: true },
  liveness: { retries: 2, afterTimeout: true },
  face_detect: { retries: 2, afterTimeout: true },
  check_icao: { retries: 2, afterTimeout: true },
};

/** How often a call that failed in passing is made again, within the time it has. */
export const retriesOf = (operation: Operation): number => allowances[operation].retries;

const writes: ReadonlySet<Operation> = new Set(["enroll", "update", "delete"]);
/** A try with less time than this is not begun. */
export const SHORTEST_USEFUL_TRY_MS = 100;
const pauseMs = 100;

/** True when a try that times out may be followed by another. */
export function mayRetryAfterTimeout(operation: Operation, tries: number): boolean {
  const { retries, afterTimeout } = allowances[operation];
  return afterTimeout && tries <= retries;
}

/**
 * How long to wait before the next try, or null when there is none: the failure is final, another try would not
 * be safe, or it would not fit the time left. `jitter` is a number from 0 to 1.
 */
export function waitBeforeRetryMs(
  operation: Operation,
  tries: number,
  failed: FailedTry,
  remainingMs: number,
  jitter: number,
): number | null {
  if (tries > allowances[operation].retries || !isPassing(operation, failed)) return null;
  const waitMs = failed.retryAfterMs ?? (failed.code === "timed_out" ? 0 : pauseMs * tries * (0.5 + jitter));
  return waitMs + SHORTEST_USEFUL_TRY_MS <= remainingMs ? waitMs : null;
}

function isPassing(operation: Operation, { code, status }: FailedTry): boolean {
  if (code === "rate_limited" || code === "unreachable") return true;
  if (code === "timed_out") return allowances[operation].afterTimeout;
  return code === "server_error" && (status === 502 || status === 503 || status === 504);
}

/** True when a failed write may nevertheless have been carried out. */
export function mayHaveTakenEffect(operation: Operation, { code, sent }: FailedTry): boolean {
  if (!writes.has(operation) || !sent) return false;
  return (
    code === "timed_out" || code === "unreachable" || code === "server_error" || code === "answer_unreadable"
  );
}

/**
 * True when a failed write was probably carried out and only its answer lost, so that "already exists" or "not
 * found" on the next try can be its echo. A 503 says that the request was not taken on.
 */
export function lostOnlyTheAnswer(operation: Operation, failed: FailedTry): boolean {
  return mayHaveTakenEffect(operation, failed) && failed.status !== 503;
}
