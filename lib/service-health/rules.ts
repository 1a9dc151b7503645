import type { Grant } from "#lib/auth/policy.ts";
import { hidesSmall, SMALL_CELL, shareOf, toldShare } from "#lib/rates/rules.ts";
import type { Share } from "#lib/rates/types.ts";
import { percentileMs } from "#lib/recording/rules.ts";
import { byStep, type TimeSteps } from "#lib/time-steps.ts";
import type { ApiDay, CallCell, LastCalls, LatencyCell, LatencyPoint } from "./types.ts";

/** Shares of a day's calls that failed, from which the day is marked: a bad hour, and a bad day. */
const SOME_ERRORS_SHARE = 0.01;
const FAILING_SHARE = 0.1;

/** Errors of the API step by step; a step needs 30 calls before it has a rate. */
export function errorPoints(cells: readonly CallCell[], steps: number, grant: Grant): (Share | null)[] {
  return byStep(cells, steps).map(([cell]) => {
    const { calls, errors } = cell ?? { calls: 0, errors: 0 };
    return toldShare(shareOf(errors, calls, calls), grant);
  });
}

/** Median and 95th percentile of each step; null where no call was made, or too few for this reader. */
export function latencyPoints(
  cells: readonly LatencyCell[],
  steps: number,
  grant: Grant,
): (LatencyPoint | null)[] {
  return byStep(cells, steps).map((own) => {
    const calls = own.reduce((sum, { count }) => sum + count, 0);
    const p50Ms = percentileMs(own, 0.5);
    const p95Ms = percentileMs(own, 0.95);
    return p50Ms === null || p95Ms === null || hidesSmall(grant, calls) ? null : { p50Ms, p95Ms, calls };
  });
}

/**
 * One day after the other as our own calls saw the API. A day without a call is not known, never well. Where one day's
 * counts are hidden all are: the stage's errors and the other days would give it away.
 */
export function apiDaysOf(cells: readonly CallCell[], { starts }: TimeSteps, grant: Grant): ApiDay[] {
  const days = byStep(cells, starts.length).map(([cell]) => ({
    calls: cell?.calls ?? 0,
    errors: cell?.errors ?? 0,
  }));
  const isHidden = ({ calls, errors }: Omit<CallCell, "step">) => hidesSmall(grant, errors, calls - errors);
  const hidesCounts = days.some(isHidden);
  return starts.map((at, place) => {
    const day = days[place] ?? { calls: 0, errors: 0 };
    const state = isHidden(day) ? vagueStateOf(day.calls, day.errors) : stateOf(day.calls, day.errors);
    return { at, state, counts: hidesCounts ? null : day };
  });
}

function stateOf(calls: number, errors: number): ApiDay["state"] {
  if (calls === 0) return "unknown";
  if (errors === 0) return "working";
  if (errors >= calls * FAILING_SHARE) return "failing";
  return errors >= calls * SOME_ERRORS_SHARE ? "some_errors" : "working";
}

/** What may be said without giving a small count away: well, where no small number of errors could have marked the day. */
function vagueStateOf(calls: number, errors: number): ApiDay["state"] {
  const most = errors < SMALL_CELL ? SMALL_CELL - 1 : errors;
  return stateOf(calls, most) === "working" ? "working" : "unknown";
}

/** Trouble is said from this share of the last hour's calls, and not on a handful of them. */
const TROUBLE_SHARE = 0.2;
export const TROUBLE_CALLS = 5;

/** Whether the calls of the last hour mean that the API is in trouble: for the heading, and for whoever is to be told. */
export const isApiTrouble = ({ calls, errors }: LastCalls): boolean =>
  calls >= TROUBLE_CALLS && errors / calls >= TROUBLE_SHARE;
