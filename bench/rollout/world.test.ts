import { expect, test } from "vitest";
import { takeChance } from "./chance.ts";
import { drawHour, underOdds, type World } from "./world.ts";

test.each([
  [0.03, 1, 0.03],
  [0.5, 3, 0.75],
  [0.1, 1.3, 0.13 / 1.03],
])("a share of %d under %d times the odds is %d", (share, odds, is) => {
  expect(underOdds(share, odds)).toBeCloseTo(is, 12);
});

/** All of ten days together. */
function tenDays(world: World, exposure: number, odds: number) {
  const chance = takeChance(3, 0);
  const sum = { treated: 0, treatedBad: 0, control: 0, controlBad: 0 };
  for (let hour = 1; hour <= 240; hour++) {
    const drawn = drawHour(world, hour, exposure, odds, chance);
    sum.treated += drawn.treated;
    sum.treatedBad += drawn.treatedBad;
    sum.control += drawn.control;
    sum.controlBad += drawn.controlBad;
  }
  return sum;
}

test("days bring as many users as planned, in the planned share, and fail as they should", () => {
  const { treated, treatedBad, control, controlBad } = tenDays(
    { usersPerDay: 20_000, baseShare: 0.03 },
    0.25,
    2,
  );
  expect((treated + control) / 200_000).toBeCloseTo(1, 1);
  expect(treated / (treated + control)).toBeCloseTo(0.25, 2);
  expect(treatedBad / treated).toBeCloseTo(underOdds(0.03, 2), 2);
  expect(controlBad / control).toBeCloseTo(0.03, 2);
});

test("an incident strikes both arms alike, and not before its hour", () => {
  const world = { usersPerDay: 20_000, baseShare: 0.03, incident: { fromHour: 60, times: 3 } };
  const [before, since] = [59, 60].map((hour) =>
    Array.from({ length: 50 }, (_, run) => drawHour(world, hour, 0.5, 1, takeChance(4, run))),
  );
  const shares = (hours: typeof before = []) => {
    const sum = (of: "treated" | "treatedBad" | "control" | "controlBad") =>
      hours.reduce((so, each) => so + each[of], 0);
    return [sum("treatedBad") / sum("treated"), sum("controlBad") / sum("control")];
  };
  for (const share of shares(before)) expect(share).toBeCloseTo(0.03, 2);
  for (const share of shares(since)) expect(share).toBeCloseTo(0.09, 1);
});
