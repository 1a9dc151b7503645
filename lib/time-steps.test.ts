import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/in-rolled-back-transaction.ts";
import { byStep, cellsFrom, placeOf, readDaySteps, readHourSteps, stepsFrom } from "./time-steps.ts";

const { db } = testDatabase();
const iso = (dates: readonly Date[]) => dates.map((date) => date.toISOString());

test("days begin at midnight in the zone of the installation", async () => {
  const now = new Date("2026-03-13T02:30:00Z");
  const steps = await readDaySteps(db, { count: 3, now, timeZone: "America/Sao_Paulo" });
  expect(steps.unit).toBe("day");
  expect(iso(steps.starts)).toEqual([
    "2026-03-10T03:00:00.000Z",
    "2026-03-11T03:00:00.000Z",
    "2026-03-12T03:00:00.000Z",
  ]);
});

test("a day of the change to summer time is as long as it is", async () => {
  const now = new Date("2026-03-30T12:00:00Z");
  const { starts } = await readDaySteps(db, { count: 3, now, timeZone: "Europe/Lisbon" });
  expect(iso(starts)).toEqual([
    "2026-03-28T00:00:00.000Z",
    "2026-03-29T00:00:00.000Z",
    "2026-03-29T23:00:00.000Z",
  ]);
});

test("hours begin when hours begin in the zone: Kathmandu is 5:45 ahead", async () => {
  const now = new Date("2026-03-13T12:20:00Z");
  const { starts } = await readHourSteps(db, { count: 2, now, timeZone: "Asia/Kathmandu" });
  expect(iso(starts)).toEqual(["2026-03-13T11:15:00.000Z", "2026-03-13T12:15:00.000Z"]);
});

const steps = {
  unit: "day",
  starts: [new Date("2026-03-11T00:00:00Z"), new Date("2026-03-12T00:00:00Z")],
  now: new Date("2026-03-12T18:00:00Z"),
} as const;

test.each([
  { at: "2026-03-10T23:59:59Z", place: null },
  { at: "2026-03-11T00:00:00Z", place: 0 },
  { at: "2026-03-11T12:00:00Z", place: 0.5 },
  { at: "2026-03-12T06:00:00Z", place: 1.25 },
  { at: "2026-03-12T18:00:01Z", place: null },
])("$at lies at $place", ({ at, place }) => {
  expect(placeOf(steps, new Date(at))).toBe(place);
});

test("the end of the steps and of their cells keep together", () => {
  const cells = [
    { step: 0, count: 1 },
    { step: 1, count: 2 },
  ];
  expect(stepsFrom(steps, 1).starts).toEqual([steps.starts[1]]);
  expect(cellsFrom(cells, 1)).toEqual([{ step: 0, count: 2 }]);
  expect(byStep(cells, 3)).toEqual([[{ step: 0, count: 1 }], [{ step: 1, count: 2 }], []]);
});
