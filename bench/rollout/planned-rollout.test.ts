import { expect, test } from "vitest";
import { takeChance } from "./chance.ts";
import { runPlanned } from "./planned-rollout.ts";

test("by the plan that is offered first harm is rolled back in its first stage, and every verdict is the same again", () => {
  const ending = runPlanned({ usersPerDay: 20_000, baseShare: 0.03 }, 3, takeChance(1, 0));
  expect(ending).toMatchObject({ end: "rolled_back", stage: 1, differing: 0 });
  expect(ending.verdicts).toBe(ending.hours);
  expect(ending.hours).toBeLessThan(48);
});
