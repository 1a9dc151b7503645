import { expect, test } from "vitest";
import { changesOf, sidesOf } from "./rules.ts";

const DAY_MS = 86_400_000;
const START = new Date("2026-03-01T03:00:00Z");
const dayAt = (place: number) => new Date(START.getTime() + place * DAY_MS);
const NOW = new Date(dayAt(9).getTime() + 9.5 * 3_600_000);
const days = {
  unit: "day",
  starts: Array.from({ length: 10 }, (_, place) => dayAt(place)),
  now: NOW,
} as const;
const met = (step: number, value: string) => ({ step, value, offered: 100, fellBack: 5 });
/** Three days at 5 %, five at 25 %, two at 50 %. */
const CELLS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((step) =>
  met(step, step < 3 ? "5" : step < 8 ? "25" : "50"),
);

test("by the history a stage changes with a day that belongs to neither side", () => {
  expect(changesOf(CELLS, days, [])).toEqual([
    { from: 5, to: 25, endsAt: dayAt(3), beginsAt: dayAt(4) },
    { from: 25, to: 50, endsAt: dayAt(8), beginsAt: dayAt(9) },
  ]);
});

test("where the rollout wrote down when the stage began, all but that hour is counted", () => {
  const beganAt = new Date(dayAt(3).getTime() + 5.3 * 3_600_000);
  const [change] = changesOf(CELLS, days, [{ exposurePercent: 25, beganAt }]);
  expect(change).toMatchObject({
    endsAt: new Date(dayAt(3).getTime() + 5 * 3_600_000),
    beginsAt: new Date(dayAt(3).getTime() + 6 * 3_600_000),
  });
});

test("both sides of a change are equally long, in whole days, and none reaches into another stage", () => {
  const changes = changesOf(CELLS, days, []);
  const [first, second] = changes;
  if (!first || !second) throw new Error("there are two");
  const all = { from: dayAt(0), to: NOW };
  expect(sidesOf(first, changes, all)).toEqual({
    before: { from: dayAt(0), to: dayAt(3) },
    now: { from: dayAt(4), to: dayAt(7) },
  });
  // The stage that began today has hours to compare.
  const hours = 9 * 3_600_000;
  expect(sidesOf(second, changes, all)).toEqual({
    before: { from: new Date(dayAt(8).getTime() - hours), to: dayAt(8) },
    now: { from: dayAt(9), to: new Date(dayAt(9).getTime() + hours) },
  });
  const soon = { from: dayAt(0), to: new Date(dayAt(9).getTime() + 1000) };
  expect(sidesOf(second, changes, soon)).toBeNull();
});
