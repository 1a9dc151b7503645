import type { FaultPlan } from "#sandbox/faults.ts";

export const SCENARIOS = ["harmless", "harmful", "outage", "slow", "incident"] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** What holds for everybody at one moment. */
export type Weather = {
  /** The odds of not getting in when offered biometrics, against the legacy way. */
  biometricOdds: number;
  /** How often people do not get in, either way, against an ordinary moment. */
  failureFactor: number;
  /** What the sandbox does to calls. */
  faults: FaultPlan;
};

const FINE: Weather = { biometricOdds: 1, failureFactor: 1, faults: {} };

type Strike = { fromPercent: number; afterSeconds: number; lastsSeconds: number };

const IN_THE_MIDDLE: Strike = { fromPercent: 50, afterSeconds: 20, lastsSeconds: 30 };
/** What does not last all along: from which exposure on it strikes, how long after that began, and for how long. */
const STRIKES: Partial<Record<Scenario, Strike>> = {
  outage: IN_THE_MIDDLE,
  incident: IN_THE_MIDDLE,
  slow: { fromPercent: 1, afterSeconds: 0, lastsSeconds: Number.POSITIVE_INFINITY },
};

/** Whether what the scenario plays begins now at the latest. Times are those of the clock on the wall. */
export function isStruck(scenario: Scenario, stage: { exposurePercent: number; seconds: number }): boolean {
  const strike = STRIKES[scenario];
  if (strike === undefined) return false;
  return stage.exposurePercent >= strike.fromPercent && stage.seconds >= strike.afterSeconds;
}

/** Whether it is over, so many seconds after it struck. */
export const isOver = (scenario: Scenario, secondsSince: number): boolean =>
  secondsSince >= (STRIKES[scenario]?.lastsSeconds ?? 0);

/** Slower than the plan's limit for a call, and faster than the gateway waits before it tries once more. */
const SLOW_MS = 1_700;

/** What a scenario makes of a moment, so many seconds after it struck; null before. */
export function weatherAt(scenario: Scenario, secondsSince: number | null): Weather {
  if (scenario === "harmful") return { ...FINE, biometricOdds: 1.5 };
  if (secondsSince === null || isOver(scenario, secondsSince)) return FINE;
  switch (scenario) {
    case "incident":
      return { ...FINE, failureFactor: 3 };
    case "outage":
      return { ...FINE, faults: outageAt(secondsSince) };
    case "slow":
      return { ...FINE, faults: { verify: { kind: "latency", ms: SLOW_MS } } };
    case "harmless":
      return FINE;
  }
}

/** First the API refuses, then it takes calls and never answers. */
const outageAt = (secondsSince: number): FaultPlan =>
  secondsSince < IN_THE_MIDDLE.lastsSeconds / 2
    ? { "*": { kind: "server_error", status: 503 } }
    : { "*": { kind: "half_open" } };
