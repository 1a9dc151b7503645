import type { ComparedGate, LimitedGate, StageInputs, Stratum } from "#lib/rollout-evidence/types.ts";

/** So many equal slices of an hour. */
export const slices = (count: number, stratum: Stratum): Stratum[] =>
  Array.from({ length: count }, () => ({ ...stratum }));

export const HARMLESS: Stratum = { treated: 250, treatedBad: 7, control: 750, controlBad: 23 };
export const HARMFUL: Stratum = { treated: 250, treatedBad: 21, control: 750, controlBad: 23 };

export const comparedGate = (strata: Stratum[], more: Partial<ComparedGate> = {}): ComparedGate => ({
  metric: "not_completed",
  mode: "margin",
  margin: 1.5,
  weight: 0.4,
  settled: null,
  strata,
  history: { stageCount: 4, stages: [] },
  ...more,
});

export const limitedGate = (more: Partial<LimitedGate> = {}): LimitedGate => ({
  metric: "fallback",
  limit: 0.15,
  hard: true,
  weight: 0.2,
  seen: { count: 80, of: 1000 },
  before: [],
  stageCount: 4,
  ...more,
});

/** A stage of 25 percent after two days of proof: everything is as it should be. */
export const sampleInputs = (more: Partial<StageInputs> = {}): StageInputs => ({
  now: "2026-03-12T09:00:00.000Z",
  stage: {
    id: "stage-3",
    exposurePercent: 25,
    startedAt: "2026-03-10T09:00:00.000Z",
    dwellEndsAt: "2026-03-11T09:00:00.000Z",
    maximumEndsAt: "2026-03-24T09:00:00.000Z",
    minimumPeople: 100,
    asksForApproval: false,
    isLast: false,
  },
  compared: [comparedGate(slices(48, HARMLESS))],
  limited: [limitedGate()],
  slices: [],
  securityEvents: 0,
  newestLoginAt: "2026-03-12T08:49:00.000Z",
  sliceMinutes: 60,
  coolDownMinutes: 10,
  outcomeMinutes: 10,
  hasPipelineGap: false,
  people: { treated: 12_000, control: 36_000, both: 3 },
  legacyReported: { treated: { count: 99, of: 100 }, control: { count: 990, of: 1000 } },
  hasDrifted: false,
  isHeld: false,
  freezeEndsAt: null,
  ...more,
});
