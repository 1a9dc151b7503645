import { expect, test } from "vitest";
import { isWidening, leadingOf, wantedOf } from "./rules.ts";
import { samplePlan } from "./testing/sample-plan.ts";
import type { Standing, Wish } from "./types.ts";

const AT = new Date("2026-03-06T12:00:00Z");

type At = {
  place?: number | null;
  exposurePercent?: number;
  halted?: boolean;
  held?: boolean;
  planned?: boolean;
  isDrilling?: boolean;
};

function standing({
  place = null,
  exposurePercent = 0,
  halted = false,
  held = false,
  planned = true,
  isDrilling = false,
}: At): Standing {
  const stage = place === null ? null : { id: "stage", place, beganAt: AT };
  const rollout = {
    id: "rollout",
    build: "1",
    startedAt: null,
    plan: samplePlan(0, 1, 25, 100),
    planVersion: 1,
    stage,
  };
  const intent = { exposurePercent, offersEarlyAdopters: place !== null, halted, version: 3 };
  return { intent, heldAt: held ? AT : null, isDrilling, rollout: planned ? rollout : null };
}

const plain = (kind: Exclude<Wish["kind"], "roll_back">): Wish => ({ kind });
const back = (to: number | null): Wish => ({ kind: "roll_back", to });

test.each<[string, At, Wish, object | string]>([
  ["without a plan nothing starts", { planned: false }, plain("start"), "no_rollout"],
  [
    "a start goes to the first stage",
    {},
    plain("start"),
    { place: 0, exposurePercent: 0, offersEarlyAdopters: true },
  ],
  [
    "a trial at 100 starts at the first stage too",
    { exposurePercent: 100 },
    plain("start"),
    { place: 0, exposurePercent: 0 },
  ],
  ["nothing starts twice", { place: 0 }, plain("start"), "started_already"],
  ["nothing starts while halted", { halted: true }, plain("start"), "halted"],
  [
    "an advance goes one stage on",
    { place: 1, exposurePercent: 1 },
    plain("advance"),
    { place: 2, exposurePercent: 25 },
  ],
  ["an advance ends a hold", { place: 1, held: true }, plain("advance"), { place: 2, held: false }],
  ["nothing advances before it started", {}, plain("advance"), "not_started"],
  [
    "nothing advances past the last stage",
    { place: 3, exposurePercent: 100 },
    plain("advance"),
    "last_stage",
  ],
  ["nothing advances while halted", { place: 1, halted: true }, plain("advance"), "halted"],
  [
    "a roll back goes to a lower stage",
    { place: 2, exposurePercent: 25 },
    back(1),
    { place: 1, exposurePercent: 1 },
  ],
  ["a roll back goes to no higher stage", { place: 1 }, back(1), "not_below"],
  ["a roll back to no stage of the plan", { place: 1 }, back(-1), "not_below"],
  [
    "a roll back to off serves nobody",
    { place: 2, exposurePercent: 25 },
    back(null),
    { place: null, exposurePercent: 0, offersEarlyAdopters: false },
  ],
  [
    "a roll back keeps a halt",
    { place: 2, exposurePercent: 25, halted: true },
    back(1),
    { place: 1, halted: true },
  ],
  ["nothing rolls back before it started", {}, back(null), "not_started"],
  ["a hold", { place: 1 }, plain("hold"), { place: 1, held: true }],
  ["a hold on a hold", { place: 1, held: true }, plain("hold"), "held_already"],
  ["going on", { place: 1, held: true }, plain("resume"), { held: false }],
  ["going on without a hold", { place: 1 }, plain("resume"), "not_held"],
  [
    "a halt without any rollout",
    { planned: false, exposurePercent: 100 },
    plain("halt"),
    { halted: true, exposurePercent: 100 },
  ],
  ["a halt on a halt", { halted: true }, plain("halt"), "halted"],
  [
    "the end of a halt",
    { place: 2, exposurePercent: 25, halted: true },
    plain("release_halt"),
    { halted: false, exposurePercent: 25 },
  ],
  ["a halt on a drill is meant", { halted: true, isDrilling: true }, plain("halt"), { halted: true }],
  ["the end of no halt", {}, plain("release_halt"), "not_halted"],
  ["a finish before the last stage", { place: 2 }, plain("finish"), "not_the_last_stage"],
  [
    "a finish at the last stage",
    { place: 3, exposurePercent: 100 },
    plain("finish"),
    { exposurePercent: 100 },
  ],
])("%s", (_, at, wish, expected) => {
  const leading = leadingOf(standing(at), wish);
  if (typeof expected === "string") expect(leading).toBe(expected);
  else expect(leading).toMatchObject({ after: expected });
});

test("a rollout ends by its finish and by a roll back to off alone", () => {
  const end = (at: At, wish: Wish) => {
    const leading = leadingOf(standing(at), wish);
    return typeof leading === "string" ? leading : leading.end;
  };
  expect(end({ place: 3, exposurePercent: 100 }, plain("finish"))).toBe("completed");
  expect(end({ place: 2, exposurePercent: 25 }, back(null))).toBe("rolled_back");
  expect(end({ place: 2, exposurePercent: 25 }, back(0))).toBeNull();
  expect(end({ place: 2, exposurePercent: 25 }, plain("halt"))).toBeNull();
});

const facts = (exposurePercent: number, offersEarlyAdopters = true, halted = false) => ({
  ...{ place: 1, exposurePercent, offersEarlyAdopters, halted, held: false },
});

test.each([
  [facts(5), facts(25), true],
  [facts(25), facts(5), false],
  [facts(0, false), facts(0, true), true],
  [facts(100, false), facts(0, true), false],
  [facts(25), facts(25, true, true), false],
  [facts(25, true, true), facts(25), true],
  [facts(25, true, true), facts(5, true, true), false],
  [facts(25), facts(25), false],
])("from %o to %o widens: %s", (before, after, isWider) => {
  expect(isWidening(before, after)).toBe(isWider);
});

test("Unleash is off where nobody is offered the path", () => {
  expect(wantedOf(facts(0, false))).toEqual({ isOn: false, exposurePercent: 0 });
  expect(wantedOf(facts(0, true))).toEqual({ isOn: true, exposurePercent: 0 });
  expect(wantedOf(facts(25, true, true))).toEqual({ isOn: false, exposurePercent: 25 });
});
