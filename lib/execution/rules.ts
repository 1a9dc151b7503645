import type { ApiFailureCode, ApiResult } from "#lib/multibiometrics/types.ts";
import type { AttemptKind, AttemptState } from "#lib/requests/types.ts";

const MINUTE_MS = 60_000;
/** After each failure in a row: a minute, then 5 and 30, then 2 and 12 hours; after that a person looks at it. */
const PAUSES_MS = [1, 5, 30, 120, 720].map((minutes) => minutes * MINUTE_MS);

/** When to try again after so many failures in a row; null where it is a person's turn. */
export function nextTryAt(failures: number, at: Date): Date | null {
  const pauseMs = PAUSES_MS[failures - 1];
  return pauseMs === undefined ? null : new Date(at.getTime() + pauseMs);
}

export type CallOutcome = { state: Exclude<AttemptState, "intended">; code: string };

/** Answers that nobody documented: what stands behind them is not known either. */
const UNDOCUMENTED: ReadonlySet<ApiFailureCode> = new Set(["refused_other", "custom_id_exists"]);

/**
 * What a DELETE came to. Somebody the API does not know is as gone as somebody it has just deleted. `refused` surely had no
 * effect, `unknown` may have had one.
 */
export function outcomeOf(result: ApiResult<unknown>): CallOutcome {
  if (result.ok) return { state: "done", code: "ok" };
  if (result.code === "person_not_found") return { state: "done", code: result.code };
  const isUnknown = result.outcomeUnknown || UNDOCUMENTED.has(result.code);
  return { state: isUnknown ? "unknown" : "refused", code: result.code };
}

export type Attempt = { kind: AttemptKind; state: AttemptState; code: string | null };

/** Whether the executing delete of this round may have had an effect: then everything further is a probe. */
export const hasDeleted = (attempts: readonly Attempt[]): boolean =>
  attempts.some(({ kind, state }) => kind === "delete" && state !== "refused");

/** Whether the last thing heard is that the API knows nobody of this CustomID. */
export function isProven(attempts: readonly Attempt[]): boolean {
  const last = attempts.at(-1);
  return last?.kind === "probe" && last.state === "done" && last.code === "person_not_found";
}

/** Whether the new sample was recognised at the API: a rectification then waits for nothing but its recipients. */
export function isRecognised(attempts: readonly Attempt[]): boolean {
  const last = attempts.at(-1);
  return last?.kind === "verify" && last.state === "done" && last.code === "ok";
}
