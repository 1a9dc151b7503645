import type { PlannedStage, RolloutPlan } from "../schema.ts";

export const sampleStage = (exposurePercent: number, more: Partial<PlannedStage> = {}): PlannedStage => ({
  exposurePercent,
  minDwellHours: 24,
  spansWeekend: false,
  minPeople: 0,
  maxDwellDays: 14,
  margin: exposurePercent === 0 || exposurePercent === 100 ? null : 1.5,
  harmOnly: [],
  advances: "by_itself",
  ...more,
});

/** A plan of these stages for tests. */
export const samplePlan = (...exposures: number[]): RolloutPlan => ({
  stages: exposures.map((exposure) => sampleStage(exposure)),
  limits: {
    fallbackPercent: 15,
    apiErrorPercent: 2,
    slowLoginSeconds: 10,
    slowCallMs: 2_000,
    slowCallPercent: 10,
  },
  coolDownMinutes: 10,
  sliceMinutes: 30,
  outcomeMinutes: 10,
  quietHours: { from: 0, to: 0 },
});
