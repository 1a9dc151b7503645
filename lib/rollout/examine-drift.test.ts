import { expect, test } from "vitest";
import type { LiveFlag, LiveStrategy } from "#lib/unleash/types.ts";
import { driftOf } from "./examine-drift.ts";
import { samplePlan } from "./testing/sample-plan.ts";
import type { Standing } from "./types.ts";

const AT = new Date("2026-03-06T12:00:00Z");

/** A rollout of early adopters, 1, 5, 25 and 100 percent, at one of them; null: nothing was started. */
function standing(place: number | null, over: Partial<Standing["intent"]> = {}): Standing {
  const plan = samplePlan(0, 1, 5, 25, 100);
  const stage = place === null ? null : { id: "stage", place, beganAt: AT };
  const exposurePercent = place === null ? 100 : (plan.stages[place]?.exposurePercent ?? 0);
  const intent = { exposurePercent, offersEarlyAdopters: place !== null, halted: false, version: 3, ...over };
  const rollout = { id: "rollout", build: "1", startedAt: AT, plan, planVersion: 1, stage };
  return { intent, heldAt: null, isDrilling: false, rollout: place === null ? null : rollout };
}

const strategy = (over: Partial<LiveStrategy>): LiveStrategy => ({
  ...{ id: "2", name: "flexibleRollout", title: "gradual", percent: 5, percentText: "5", constraints: 0 },
  ...{ groupId: "biometric-login", stickiness: "loginKey", segments: [], isDisabled: false },
  ...over,
});
const cohort = strategy({
  id: "1",
  title: "early adopters",
  percent: 100,
  percentText: "100",
  segments: [7],
});
const live = (percent: number, over: Partial<LiveFlag> = {}): LiveFlag => ({
  ...{ isOn: true, hasMaster: true, masterIsOn: true, cohortSegments: [7] },
  strategies: [cohort, strategy({ percent, percentText: String(percent) })],
  ...over,
});
const foreign = strategy({ id: "3", title: "by hand" });

test.each<[string, Standing, LiveFlag | null, object | null]>([
  ["nothing where they agree", standing(2), live(5), null],
  ["the next stage of the plan", standing(2), live(25), { place: 3, exposurePercent: 25 }],
  ["an earlier stage", standing(3), live(1), { place: 1, exposurePercent: 1 }],
  ["the early adopters alone", standing(3), live(0), { place: 0, exposurePercent: 0 }],
  ["not two stages at once", standing(1), live(25), null],
  ["no percentage that is no stage", standing(2), live(7), null],
  ["off, as a halt", standing(2), live(5, { isOn: false }), { place: 2, exposurePercent: 5, halted: true }],
  ["without a rollout what narrows", standing(null), live(25), { place: null, exposurePercent: 25 }],
  ["without a rollout nothing that widens", standing(null, { exposurePercent: 1 }), live(25), null],
  [
    "nobody switched on where nothing was started",
    standing(null, { exposurePercent: 0 }),
    live(0, { isOn: true }),
    null,
  ],
  ["no end of a halt", standing(2, { halted: true }), live(5), null],
  ["no missing flag", standing(2), null, null],
  ["no foreign strategy", standing(2), live(5, { strategies: [...live(5).strategies, foreign] }), null],
  [
    "no percentage that is none",
    standing(2),
    live(5, { strategies: [cohort, strategy({ percent: null })] }),
    null,
  ],
  ["no master that is off", standing(2), live(1, { masterIsOn: false }), null],
])("what can be adopted: %s", (_, asked, seen, adopts) => {
  const drift = driftOf(asked, seen);
  expect(drift.canAdopt).toBe(adopts !== null);
  if (adopts === null) expect(drift.adopts).toBeNull();
  else expect(drift.adopts).toMatchObject(adopts);
});

test("the digest is of both sides as they were seen, whatever order Unleash lists them in", () => {
  const { digest } = driftOf(standing(2), live(25));
  const turned = live(25, { strategies: live(25).strategies.toReversed() });
  expect(driftOf(standing(2), turned).digest).toBe(digest);
  for (const other of [
    driftOf(standing(2), live(1)),
    driftOf(standing(1), live(25)),
    driftOf(standing(2), null),
    driftOf(standing(2, { halted: true }), live(25)),
  ]) {
    expect(other.digest).not.toBe(digest);
  }
});
