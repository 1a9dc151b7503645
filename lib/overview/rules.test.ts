import { expect, test } from "vitest";
import { figuresOf, splitByHour, wilsonInterval } from "./rules.ts";
import type { LoginCell, OverviewData } from "./types.ts";

const SINCE = new Date("2026-03-12T13:00:00.000Z");
const NOW = new Date("2026-03-13T12:40:00.000Z");
const hour = (hours: number) => new Date(SINCE.getTime() + hours * 3_600_000);

const cell = (outcome: LoginCell["outcome"], count: number, more: Partial<LoginCell> = {}): LoginCell => ({
  hour: SINCE,
  path: "biometric",
  pathReason: "exposed",
  outcome,
  fallbackReason: "none",
  count,
  ...more,
});

const legacy = (count: number) =>
  cell("completed_legacy", count, { path: "legacy", pathReason: "not_enrolled" });

const dataOf = (cells: LoginCell[], more: Partial<OverviewData> = {}): OverviewData => ({
  since: SINCE,
  cells,
  calls: { calls: 0, errors: 0, lastHourCalls: 0, lastHourErrors: 0 },
  latencies: [],
  openLogins: 0,
  peopleSeen: 30,
  ...more,
});

test.each([
  // Worked out apart, as the roots x of (share - x)^2 = z^2 x (1 - x) / of.
  { count: 0, of: 10, low: 0, high: 0.2775 },
  { count: 5, of: 10, low: 0.2366, high: 0.7634 },
  { count: 10, of: 10, low: 0.7225, high: 1 },
  { count: 221, of: 3214, low: 0.0605, high: 0.078 },
])("the interval of $count of $of is $low to $high", ({ count, of, low, high }) => {
  const interval = wilsonInterval(count, of);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

test("fallback counts logins offered the biometric path that ended on the legacy one, and no others", () => {
  const cells = [
    cell("completed_biometric", 80),
    cell("fell_back", 7, { fallbackReason: "capture_quality" }),
    cell("fell_back_failed", 2, { fallbackReason: "api_trouble" }),
    cell("legacy_unreported", 1, { fallbackReason: "api_trouble" }),
    cell("rejected", 4),
    cell("abandoned", 6),
    legacy(500),
    cell("legacy_failed", 9, { path: "legacy", pathReason: "not_exposed" }),
  ];
  const figures = figuresOf(dataOf(cells), "full", NOW);
  expect(figures).toMatchObject({
    offered: 100,
    routed: 509,
    split: { completed: 80, fellBack: 10, lost: 10 },
    fallback: { count: 10, of: 100, rate: { share: 0.1 } },
    // In, one way or the other: 80 with biometrics and 7 the old way after it.
    completed: { count: 87, of: 100 },
    topReason: { reason: "capture_quality", count: 7 },
  });
});

test("below 30 people there are counts and no rates", () => {
  const cells = [cell("completed_biometric", 400)];
  expect(figuresOf(dataOf(cells, { peopleSeen: 29 }), "full", NOW).completed).toEqual({
    count: 400,
    of: 400,
    rate: null,
  });
  expect(figuresOf(dataOf(cells, { peopleSeen: 30 }), "full", NOW).completed?.rate).not.toBeNull();
});

test("without a login there is no rate of anything", () => {
  const figures = figuresOf(dataOf([legacy(3)]), "full", NOW);
  expect(figures).toMatchObject({ offered: 0, routed: 3, fallback: { count: 0, of: 0, rate: null } });
  expect(figures.latencyMsP95).toBeNull();
  expect(figures.topReason).toBeNull();
});

test("a viewer is told no split with a cell from 1 to 4, so that none can be worked out", () => {
  const small = [cell("completed_biometric", 96), cell("fell_back", 4)];
  const large = [cell("completed_biometric", 95), cell("fell_back", 5, { fallbackReason: "api_trouble" })];
  const hidden = { offered: 100, split: null, completed: null, fallback: null, topReason: null, hours: null };
  expect(figuresOf(dataOf(small), "small_hidden", NOW)).toMatchObject(hidden);
  expect(figuresOf(dataOf(large), "small_hidden", NOW)).toMatchObject({
    split: { completed: 95, fellBack: 5, lost: 0 },
    topReason: { count: 5 },
  });
  expect(figuresOf(dataOf(small), "full", NOW).split).toEqual({ completed: 96, fellBack: 4, lost: 0 });
});

test("a viewer is told no hour where one hour has a small cell: the others and the whole would give it away", () => {
  const cells = [
    cell("fell_back", 3),
    cell("fell_back", 5, { hour: hour(2) }),
    cell("completed_biometric", 50),
  ];
  const figures = figuresOf(dataOf(cells), "small_hidden", NOW);
  expect(figures.split).toEqual({ completed: 50, fellBack: 8, lost: 0 });
  expect(figures.hours).toBeNull();
  expect(figuresOf(dataOf(cells), "full", NOW).hours).toHaveLength(24);
});

test("a viewer is told no small count of any other kind", () => {
  const cells = [
    cell("completed_biometric", 50),
    cell("fell_back", 4, { fallbackReason: "api_trouble" }),
    legacy(3),
  ];
  cells.push(cell("fell_back", 4, { fallbackReason: "capture_quality" }));
  const calls = { calls: 60, errors: 2, lastHourCalls: 0, lastHourErrors: 0 };
  const figures = figuresOf(dataOf(cells, { calls, openLogins: 1 }), "small_hidden", NOW);
  expect(figures).toMatchObject({ routed: null, openLogins: null, topReason: null, apiErrors: null });
});

test("every hour is there, also the empty ones, and each login in its own", () => {
  const cells = [cell("completed_biometric", 2), cell("fell_back", 1, { hour: hour(23) }), legacy(8)];
  const hours = splitByHour(cells, SINCE, NOW);
  expect(hours.map(({ hour: at }) => at)).toEqual(Array.from({ length: 24 }, (_, index) => hour(index)));
  expect(hours[0]?.split).toEqual({ completed: 2, fellBack: 0, lost: 0 });
  expect(hours[23]?.split).toEqual({ completed: 0, fellBack: 1, lost: 0 });
  expect(hours.slice(1, 23).every(({ split }) => split.completed + split.fellBack + split.lost === 0)).toBe(
    true,
  );
});

test.each([
  { lastHourCalls: 4, lastHourErrors: 4, trouble: false },
  { lastHourCalls: 5, lastHourErrors: 1, trouble: true },
  { lastHourCalls: 100, lastHourErrors: 19, trouble: false },
  { lastHourCalls: 100, lastHourErrors: 20, trouble: true },
])(
  "$lastHourErrors errors in $lastHourCalls calls of the last hour: trouble is $trouble",
  ({ trouble, ...lately }) => {
    const calls = { calls: 200, errors: 30, ...lately };
    expect(figuresOf(dataOf([], { calls }), "full", NOW).apiTrouble).toBe(trouble);
  },
);
