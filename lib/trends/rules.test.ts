import { expect, test } from "vitest";
import { sampleCell, sampleFallback } from "#lib/fallback/testing/sample-cells.ts";
import type { LoginCell } from "#lib/fallback/types.ts";
import { sparksOf, trendOf } from "./rules.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const NOW = new Date("2026-03-13T12:00:00Z");

const recorded = (unit: "hour" | "day", count: number, logins: LoginCell[]) => {
  const ms = unit === "hour" ? HOUR_MS : DAY_MS;
  const starts = Array.from(
    { length: count },
    (_, place) => new Date(NOW.getTime() - (count - place - 0.5) * ms),
  );
  return { steps: { unit, starts, now: NOW }, logins, calls: [], latencies: [] };
};
const recordings = (days: LoginCell[], hours: LoginCell[] = []) => ({
  days: recorded("day", 90, days),
  hours: recorded("hour", 48, hours),
  policyChanges: [],
  people: 100,
});
const goodDay = (step: number) => [sampleCell(step, 90), sampleFallback(step, 10)];
const thinDay = (step: number) => [sampleCell(step, 90), sampleFallback(step, 3)];

test.each([
  { span: "24h", unit: "hour", steps: 24 },
  { span: "7d", unit: "day", steps: 7 },
  { span: "30d", unit: "day", steps: 30 },
  { span: "90d", unit: "day", steps: 90 },
] as const)("$span are $steps steps of one $unit, the last the present one", ({ span, unit, steps }) => {
  const trend = trendOf(recordings(goodDay(89), goodDay(47)), span, "full");
  expect(trend.steps.unit).toBe(unit);
  expect(trend.fallback).toHaveLength(steps);
  expect(trend.fallback.at(-1)).toMatchObject({ count: 10, of: 100 });
});

test("a stage that began before the chart stands at its left edge, a later one where it began", () => {
  const days = [85, 86, 87, 88, 89].map((step) =>
    sampleCell(step, 10, { exposurePercent: step < 87 ? 25 : 50 }),
  );
  expect(trendOf(recordings(days), "7d", "full").stages).toEqual([
    { place: 2, exposurePercent: 25 },
    { place: 4, exposurePercent: 50 },
  ]);
});

test("a change of the rules stands at its moment, and one before the chart nowhere", () => {
  const data = recordings(goodDay(89));
  const policyChanges = [
    { version: 2, changedAt: new Date(NOW.getTime() - 20 * DAY_MS) },
    { version: 3, changedAt: new Date(NOW.getTime() - DAY_MS) },
  ];
  const { policies } = trendOf({ ...data, policyChanges }, "7d", "full");
  expect(policies).toEqual([{ place: 5.5, version: 3 }]);
});

test("within the present stage one hidden day hides all: their sum is told beside them", () => {
  const days = [
    ...goodDay(80).map((cell) => ({ ...cell, exposurePercent: 25 })),
    ...thinDay(81).map((cell) => ({ ...cell, exposurePercent: 25 })),
    ...goodDay(87),
    ...thinDay(88),
    ...goodDay(89),
  ];
  const counts = trendOf(recordings(days), "30d", "small_hidden").fallback.map(
    (point) => point?.count ?? null,
  );
  expect(counts.slice(20, 22)).toEqual([10, null]);
  expect(counts.slice(27)).toEqual([null, null, null]);
  const all = trendOf(recordings(days), "30d", "full").fallback.map((point) => point?.count);
  expect(all.slice(27)).toEqual([10, 3, 10]);
});

test("within a day one hidden hour hides all of them", () => {
  const { fallback } = trendOf(recordings([], [...goodDay(40), ...thinDay(41)]), "24h", "small_hidden");
  expect(fallback.every((point) => point === null)).toBe(true);
});

test.each([
  { people: 29, hasRates: false },
  { people: 30, hasRates: true },
])("of $people people charts show rates: $hasRates", ({ people, hasRates }) => {
  expect(trendOf({ ...recordings([]), people }, "30d", "full").hasRates).toBe(hasRates);
});

test("small lines show the last ten days, and none at all where a viewer may not know one of them", () => {
  const days = Array.from({ length: 90 }, (_, step) => (step === 85 ? thinDay(step) : goodDay(step))).flat();
  const { days: whole } = recordings(days);
  expect(sparksOf(whole, "full").fallback).toHaveLength(10);
  expect(sparksOf(whole, "full").fallback[9]).toBeCloseTo(0.1);
  expect(sparksOf(whole, "small_hidden").fallback).toEqual([]);
});
