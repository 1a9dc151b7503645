import type { Grant } from "#lib/auth/policy.ts";
import { countOf, fallbackPoints, gotInOf, isOffered, reasonSeries } from "#lib/fallback/rules.ts";
import type { PolicyChange } from "#lib/policies/queries.ts";
import { PEOPLE_FOR_RATES, shareOf, toldShare } from "#lib/rates/rules.ts";
import type { Share } from "#lib/rates/types.ts";
import { stageRunsOf } from "#lib/rollout/rules.ts";
import { errorPoints, latencyPoints } from "#lib/service-health/rules.ts";
import {
  byStep,
  cellsFrom,
  DAYS_OF_SPAN,
  placeOf,
  stepsFrom,
  type TimeSpan,
  type TimeSteps,
} from "#lib/time-steps.ts";
import type { Recorded, Recordings, Sparks, Trend } from "./types.ts";

const HOURS_OF_A_DAY = 24;
const SPARK_DAYS = 10;

/** The end of what was recorded, `count` steps of it. */
export function lastSteps({ steps, logins, calls, latencies }: Recorded, count: number): Recorded {
  const from = Math.max(0, steps.starts.length - count);
  return {
    steps: stepsFrom(steps, from),
    logins: cellsFrom(logins, from),
    calls: cellsFrom(calls, from),
    latencies: cellsFrom(latencies, from),
  };
}

/** What the charts of this span show to this reader: hours within a day, else days. */
export function trendOf(
  { hours, days, policyChanges, people }: Recordings,
  span: TimeSpan,
  grant: Grant,
): Trend {
  const shown = span === "24h" ? lastSteps(hours, HOURS_OF_A_DAY) : lastSteps(days, DAYS_OF_SPAN[span]);
  const { steps, logins, calls, latencies } = shown;
  const count = steps.starts.length;
  const runs = stageRunsOf(logins, count);
  const wholeFrom = span === "24h" ? 0 : (runs.at(-1)?.from ?? 0);
  return {
    span,
    steps,
    hasRates: people >= PEOPLE_FOR_RATES,
    fallback: wholeOrNone(fallbackPoints(logins, count, grant), wholeFrom),
    reasons: reasonSeries(logins, count, grant),
    errors: wholeOrNone(errorPoints(calls, count, grant), wholeFrom),
    latency: latencyPoints(latencies, count, grant),
    stages: runs.map(({ from, exposurePercent }) => ({ place: from, exposurePercent })),
    policies: placeChanges(policyChanges, steps),
  };
}

/** Where the gateway's rules changed among the steps of a chart; those outside it are left out. */
export function placeChanges(changes: readonly PolicyChange[], steps: TimeSteps): Trend["policies"] {
  return changes.flatMap(({ version, changedAt }) => {
    const place = placeOf(steps, changedAt);
    return place === null ? [] : [{ place, version }];
  });
}

/**
 * From this place on the points add up to a figure shown beside them (the day's, or the present stage's): one hidden
 * point hides all of these, else the sum and the others would give it away.
 */
const wholeOrNone = <Point>(points: (Point | null)[], from: number): (Point | null)[] =>
  points.slice(from).includes(null) ? points.map((point, place) => (place < from ? point : null)) : points;

/** The last ten days of the key figures. */
export function sparksOf(days: Recorded, grant: Grant): Sparks {
  const { steps, logins, calls, latencies } = lastSteps(days, SPARK_DAYS);
  const count = steps.starts.length;
  const completed = byStep(logins, count).map((own) => {
    const offered = countOf(own.filter(isOffered));
    return toldShare(shareOf(gotInOf(own), offered, offered), grant);
  });
  return {
    completed: sparkOf(completed),
    fallback: sparkOf(fallbackPoints(logins, count, grant)),
    apiErrors: sparkOf(errorPoints(calls, count, grant)),
    latencyMsP95: latencyPoints(latencies, count, grant).map((point) => point?.p95Ms ?? null),
  };
}

const sparkOf = (points: (Share | null)[]): (number | null)[] =>
  points.includes(null) ? [] : points.map((point) => point?.rate?.share ?? null);
