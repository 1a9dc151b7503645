import type { FallbackPoint, LoginCell, ReasonSeries } from "#lib/fallback/types.ts";
import type { PolicyChange } from "#lib/policies/queries.ts";
import type { Share } from "#lib/rates/types.ts";
import type { CallCell, LatencyCell, LatencyPoint } from "#lib/service-health/types.ts";
import type { TimeSpan, TimeSteps } from "#lib/time-steps.ts";

/** What was recorded within some steps of time. */
export type Recorded = { steps: TimeSteps; logins: LoginCell[]; calls: CallCell[]; latencies: LatencyCell[] };

export type Recordings = {
  hours: Recorded;
  days: Recorded;
  policyChanges: PolicyChange[];
  /** Different people in all of it, as far as they were counted. */
  people: number;
};

/** Where on a chart a stage began or a version of the rules came into force, in steps from its start. */
export type StageMark = { place: number; exposurePercent: number };
export type PolicyMark = { place: number; version: number };

/** Step by step what the charts show; null where a step may not be told to this reader. */
export type Trend = {
  span: TimeSpan;
  steps: TimeSteps;
  /** There were people enough for rates. */
  hasRates: boolean;
  fallback: FallbackPoint[];
  reasons: ReasonSeries[] | null;
  errors: (Share | null)[];
  latency: (LatencyPoint | null)[];
  stages: StageMark[];
  policies: PolicyMark[];
};

/** The last days of each key figure, for a line without numbers; empty where one of the days may not be told. */
export type Sparks = Record<"completed" | "fallback" | "apiErrors" | "latencyMsP95", (number | null)[]>;
