import { expect, test } from "vitest";
import { type Course, endOf } from "./course.ts";
import type { Scenario } from "./scenarios.ts";

const course = (more: Partial<Course>): Course => ({
  ...{ state: "running", highestPercent: 10, reason: "dwell", reasonForSeconds: 5 },
  ...{ hasStruck: false, strikeIsOver: false, deadEnds: 0 },
  ...more,
});
const released = course({ state: "completed", highestPercent: 100 });
const backFromHalf = course({ state: "rolled_back", highestPercent: 50 });
const struck = { hasStruck: true, strikeIsOver: true };

test.each<[string, Scenario, Course, boolean | null]>([
  ["a harmless flag that is released", "harmless", released, true],
  ["a harmless flag that is rolled back", "harmless", backFromHalf, false],
  ["a harmful flag that is rolled back", "harmful", backFromHalf, true],
  ["a harmful flag that is released", "harmful", released, false],
  ["a harmful flag rolled back from everybody", "harmful", { ...backFromHalf, highestPercent: 100 }, false],
  ["an incident that is survived", "incident", { ...released, ...struck }, true],
  ["an incident that rolls back", "incident", { ...backFromHalf, ...struck }, false],
  ["an incident that never struck", "incident", released, false],
  ["an outage that rolls back", "outage", { ...backFromHalf, ...struck }, true],
  ["an outage that is waited out", "outage", { ...released, ...struck }, true],
  ["an outage that is still on", "outage", { ...backFromHalf, hasStruck: true }, null],
  ["an outage that never struck", "outage", released, false],
  ["slowness that rolls back", "slow", course({ state: "rolled_back" }), true],
  ["slowness that goes on to half", "slow", backFromHalf, false],
  ["slowness that holds", "slow", course({ reason: "limit_in_doubt", reasonForSeconds: 40 }), true],
  ["slowness that has just begun to hold", "slow", course({ reason: "limit_in_doubt" }), null],
  ["a rollout that goes on", "harmless", course({}), null],
])("%s: %s ends as it should or not", (_, scenario, how, asItShould) => {
  expect(endOf(scenario, how)?.asItShould ?? null).toBe(asItShould);
});

test("no end is right where somebody had no answer", () => {
  const end = endOf("outage", { ...released, ...struck, deadEnds: 1 });
  expect(end).toMatchObject({
    asItShould: false,
    because: expect.stringContaining("1 logins had no answer"),
  });
});
