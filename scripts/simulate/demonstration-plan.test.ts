import { expect, test } from "vitest";
import { planSchema } from "#lib/rollout/schema.ts";
import { compressPlan } from "./demonstration-plan.ts";

test.each([1, 60, 1440, 5000])("at %i times the speed the plan is one that a rollout takes", (speed) => {
  expect(planSchema.parse(compressPlan(speed))).toEqual(compressPlan(speed));
});

test("a day of the plan passes in a minute at 1440", () => {
  const hours = compressPlan(1440).stages.map(({ minDwellHours }) => minDwellHours * 3600);
  expect(hours.map(Math.round)).toEqual([30, 30, 60, 30, 15]);
});

test("no speed lets logins be counted before every gateway can have heard of a change", () => {
  expect(compressPlan(5000)).toMatchObject({
    coolDownMinutes: 8 / 60,
    sliceMinutes: 0.05,
    outcomeMinutes: 10 / 60,
  });
  expect(compressPlan(1)).toMatchObject({ coolDownMinutes: 10, sliceMinutes: 15, outcomeMinutes: 10 });
});
