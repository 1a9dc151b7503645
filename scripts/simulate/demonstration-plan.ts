import type { PlannedStage, RolloutPlan } from "#lib/rollout/schema.ts";

/** What is rolled out, as the history names it. */
export const BUILD = "Demonstration";

const stage = (
  exposurePercent: number,
  minDwellHours: number,
  more: Partial<PlannedStage> = {},
): PlannedStage => ({
  exposurePercent,
  minDwellHours,
  spansWeekend: false,
  maxDwellDays: 14,
  minPeople: 0,
  margin: null,
  // One in ten not getting in is much, and of lockouts and slow logins there are next to none to prove anything by.
  harmOnly: ["lockout", "slow_login"],
  advances: "asks",
  ...more,
});

/**
 * A rollout to look at, in the times of a real one: few stages and wide limits, for people of whom one in ten does not get in
 * whichever way they are sent.
 */
const PLAN: RolloutPlan = {
  stages: [
    stage(0, 12),
    stage(10, 12, { margin: 3, advances: "by_itself" }),
    stage(50, 24, { margin: 1.5 }),
    stage(95, 12),
    stage(100, 6),
  ],
  limits: {
    fallbackPercent: 40,
    apiErrorPercent: 10,
    slowLoginSeconds: 20,
    slowCallMs: 1_200,
    slowCallPercent: 10,
  },
  coolDownMinutes: 10,
  sliceMinutes: 15,
  outcomeMinutes: 10,
  quietHours: { from: 0, to: 0 },
};

/**
 * What no speed makes shorter, in minutes: a gateway hears Unleash every five seconds, and a login with three slow tries takes
 * its time.
 */
const SHORTEST = { coolDownMinutes: 8 / 60, sliceMinutes: 3 / 60, outcomeMinutes: 10 / 60 };

/** The demonstration plan with its times divided by `speed`, those apart that the machine itself needs. */
export function compressPlan(speed: number): RolloutPlan {
  return {
    ...PLAN,
    stages: PLAN.stages.map((each) => ({
      ...each,
      minDwellHours: each.minDwellHours / speed,
      maxDwellDays: Math.max(0.001, each.maxDwellDays / speed),
    })),
    coolDownMinutes: Math.max(SHORTEST.coolDownMinutes, PLAN.coolDownMinutes / speed),
    sliceMinutes: Math.max(SHORTEST.sliceMinutes, PLAN.sliceMinutes / speed),
    outcomeMinutes: Math.max(SHORTEST.outcomeMinutes, PLAN.outcomeMinutes / speed),
  };
}
