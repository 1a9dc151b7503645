import { expect, test } from "vitest";
import { samplePlan, sampleStage } from "#lib/rollout/testing/sample-plan.ts";
import {
  countedUpTo,
  dwellEndsAt,
  knownOf,
  NOBODY,
  paceMsOf,
  quietUntil,
  strataOf,
  unitMsOf,
  wholeSlices,
} from "./rules.ts";
import type { LivedStage, SliceSums } from "./types.ts";

const ZONE = "America/Sao_Paulo";
/** A Friday, noon in São Paulo. */
const FRIDAY = new Date("2026-03-06T15:00:00.000Z");
const PLAN = samplePlan(0, 50, 100);
const stage: LivedStage = { id: "s", place: 1, exposurePercent: 50, beganAt: FRIDAY, countedTo: null };
const after = (minutes: number) => new Date(FRIDAY.getTime() + minutes * 60_000);

test.each([
  ["hours alone", FRIDAY, { minDwellHours: 24 }, "2026-03-07T15:00:00.000Z"],
  [
    "a weekend that ends later",
    FRIDAY,
    { minDwellHours: 24, spansWeekend: true },
    "2026-03-09T03:00:00.000Z",
  ],
  [
    "a weekend that is over sooner",
    FRIDAY,
    { minDwellHours: 96, spansWeekend: true },
    "2026-03-10T15:00:00.000Z",
  ],
  [
    "a Saturday begun is none",
    new Date("2026-03-07T15:00:00.000Z"),
    { minDwellHours: 1, spansWeekend: true },
    "2026-03-15T03:00:00.000Z",
  ],
  [
    "a Saturday from its midnight",
    new Date("2026-03-07T03:00:00.000Z"),
    { minDwellHours: 1, spansWeekend: true },
    "2026-03-09T03:00:00.000Z",
  ],
])("the least time counts %s", (_, beganAt, planned, end) => {
  expect(dwellEndsAt(beganAt, sampleStage(50, planned), ZONE).toISOString()).toBe(end);
});

test.each([
  ["none where both are the same", "2026-03-06T15:00:00.000Z", { from: 0, to: 0 }, null],
  ["by day, within them", "2026-03-06T15:00:00.000Z", { from: 9, to: 17 }, "2026-03-06T20:00:00.000Z"],
  ["by day, outside of them", "2026-03-06T20:00:00.000Z", { from: 9, to: 17 }, null],
  [
    "over midnight, in the evening",
    "2026-03-07T01:00:00.000Z",
    { from: 18, to: 8 },
    "2026-03-07T11:00:00.000Z",
  ],
  [
    "over midnight, in the morning",
    "2026-03-07T10:59:00.000Z",
    { from: 18, to: 8 },
    "2026-03-07T11:00:00.000Z",
  ],
  ["over midnight, by day", "2026-03-07T11:00:00.000Z", { from: 18, to: 8 }, null],
])("quiet hours of the installation's zone: %s", (_, now, hours, end) => {
  expect(quietUntil(new Date(now), hours, ZONE)?.toISOString() ?? null).toBe(end);
});

test("windows are closed in whole units after the cool-down, a little later than they end", () => {
  expect(countedUpTo(stage, PLAN, after(5))).toEqual(after(10));
  expect(countedUpTo(stage, PLAN, after(21))).toEqual(after(10));
  expect(countedUpTo(stage, PLAN, new Date(after(21).getTime() + 2_000))).toEqual(after(11));
  const quick = { ...PLAN, sliceMinutes: 0.05, outcomeMinutes: 0.05, coolDownMinutes: 0 };
  expect(unitMsOf(quick)).toBe(3_000);
  expect(countedUpTo(stage, quick, new Date(FRIDAY.getTime() + 8_000))).toEqual(
    new Date(FRIDAY.getTime() + 3_000),
  );
});

const slice = (startsAt: Date, arm: SliceSums["arm"], more: Partial<SliceSums>): SliceSums => ({
  ...NOBODY,
  ...{ startsAt, arm, deviceClass: "kiosk", ...more },
});

test("a slice is whole once nothing more can be counted into it", () => {
  const slices = [slice(after(10), "legacy", {}), slice(after(40), "legacy", {})];
  expect(wholeSlices(slices, { countedTo: after(69) }, PLAN)).toEqual([slices[0]]);
  expect(wholeSlices(slices, { countedTo: after(70) }, PLAN)).toEqual(slices);
  expect(wholeSlices(slices, { countedTo: null }, PLAN)).toEqual([]);
});

test("strata put both ways and all devices of a slice together, in the order of time, without the ends nobody knows", () => {
  const slices = [
    slice(after(40), "biometric", { people: 5, notCompleted: 1 }),
    slice(after(10), "biometric", {
      people: 10,
      notCompleted: 2,
      onLegacy: 3,
      reported: 1,
      lockedOut: 1,
      slow: 4,
    }),
    slice(after(10), "biometric", { people: 20, notCompleted: 1, deviceClass: "other" }),
    slice(after(10), "legacy", { people: 40, notCompleted: 3, onLegacy: 40, reported: 38, lockedOut: 2 }),
  ];
  expect(strataOf(slices, "not_completed")).toEqual([
    { treated: 28, treatedBad: 3, control: 38, controlBad: 3 },
    { treated: 5, treatedBad: 1, control: 0, controlBad: 0 },
  ]);
  expect(strataOf(slices, "lockout")[0]).toEqual({ treated: 28, treatedBad: 1, control: 38, controlBad: 2 });
  expect(strataOf(slices, "slow_login")[0]).toEqual({
    treated: 28,
    treatedBad: 4,
    control: 38,
    controlBad: 0,
  });
  expect(knownOf({ ...NOBODY, people: 40, onLegacy: 40, reported: 38 })).toBe(38);
});

test.each([
  [null, false, 5_000],
  [15, false, 60_000],
  [0.5, false, 30_000],
  [0.01, false, 1_000],
  [15, true, 5_000],
  [0.01, true, 1_000],
])(
  "with slices of %s minutes, and what was decided refused: %s, the next turn is due after %s ms",
  (sliceMinutes, wasRefused, pace) => {
    expect(paceMsOf(sliceMinutes, wasRefused)).toBe(pace);
  },
);
