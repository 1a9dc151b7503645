import { expect, test } from "vitest";
import { wilsonInterval } from "#lib/rates/rules.ts";
import {
  choicesOf,
  comparedBy,
  dayBefore,
  mainMoverOf,
  noFilters,
  rateSeriesOf,
  toggled,
  troublesOf,
  wholeOf,
  worstOf,
} from "./rules.ts";
import type { FacetCell, RateCell } from "./types.ts";

const cell = (step: number, value: string, offered: number, fellBack: number): RateCell => ({
  ...{ step, value, offered, fellBack },
});
const series = (
  cells: RateCell[],
  split: Parameters<typeof rateSeriesOf>[1]["split"],
  grant: "full" | "small_hidden" = "full",
) => rateSeriesOf(cells, { steps: 2, split, grant });

test("by reason every line is a share of all offered; by anything else of its own logins", () => {
  const byReason = [cell(0, "none", 90, 0), cell(0, "not_matched", 6, 6), cell(0, "api_trouble", 4, 4)];
  expect(
    series(byReason, "reason")?.map(({ value, points }) => [value, points[0]?.count, points[0]?.of]),
  ).toEqual([
    ["not_matched", 6, 100],
    ["api_trouble", 4, 100],
  ]);
  const byChannel = [cell(0, "web", 60, 6), cell(0, "app", 40, 30), cell(1, "app", 10, 1)];
  expect(
    series(byChannel, "channel")?.map(({ value, points }) => [value, points[0]?.count, points[0]?.of]),
  ).toEqual([
    ["web", 6, 60],
    ["app", 30, 40],
  ]);
});

test("a chart has at most four lines, those of the most logins, and as one line it counts all", () => {
  const cells = ["a", "b", "c", "d", "e"].map((value, place) => cell(0, value, 50 - place, 10));
  expect(series(cells, "device")?.map(({ value }) => value)).toEqual(["a", "b", "c", "d"]);
  expect(series([cell(0, "", 240, 50)], null)?.[0]?.points).toMatchObject([
    { count: 50, of: 240, rate: wilsonInterval(50, 240) },
    { count: 0, of: 0, rate: null },
  ]);
});

test("one point that is too small for the reader hides the whole chart", () => {
  const cells = [cell(0, "web", 100, 10), cell(1, "web", 100, 4)];
  expect(series(cells, "channel")).not.toBeNull();
  expect(series(cells, "channel", "small_hidden")).toBeNull();
});

const facetCell = (period: 0 | 1, value: string, offered: number, fellBack: number): FacetCell => ({
  ...{ period, facet: "reason", value, offered, fellBack },
});
const CELLS = [
  facetCell(0, "none", 900, 0),
  facetCell(0, "not_matched", 50, 50),
  facetCell(0, "api_trouble", 50, 50),
  facetCell(1, "none", 800, 0),
  facetCell(1, "not_matched", 150, 150),
  facetCell(1, "api_trouble", 50, 50),
];
const judged = { filters: noFilters(), hasBefore: true, people: 100, grant: "full" } as const;

test("two periods are compared as wholes and by reason, and the reasons add up to the whole", () => {
  const whole = wholeOf(CELLS, judged);
  expect(whole).toMatchObject({
    before: { count: 100, of: 1000 },
    now: { count: 200, of: 1000 },
    reading: "rise",
  });
  expect(whole?.difference?.share).toBeCloseTo(0.1);
  const rows = comparedBy("reason", CELLS, judged);
  expect(rows?.map(({ value, now, reading }) => [value, now.count, now.of, reading])).toEqual([
    ["not_matched", 150, 1000, "rise"],
    ["api_trouble", 50, 1000, "unclear"],
  ]);
  expect(rows?.reduce((sum, { now }) => sum + now.count, 0)).toBe(whole?.now.count);
  if (!whole || !rows) throw new Error("both are told");
  expect(mainMoverOf(rows, whole)).toMatchObject({ value: "not_matched" });
});

test.each([
  { name: "fewer than 30 people", people: 29, offered: 1000 },
  { name: "fewer than 30 logins", people: 100, offered: 20 },
])("of $name there are counts, no rate, and too few to tell", ({ people, offered }) => {
  const cells = [facetCell(0, "none", offered, 0), facetCell(1, "not_matched", offered, offered)];
  const whole = wholeOf(cells, { ...judged, people });
  expect(whole).toMatchObject({ now: { rate: null }, difference: null, reading: "too_few" });
});

test("a reason that is chosen narrows what fell back and stays beside the others to be chosen again", () => {
  const filters = { ...noFilters(), reason: ["api_trouble" as const] };
  expect(wholeOf(CELLS, { ...judged, filters })?.now).toMatchObject({ count: 50, of: 1000 });
  expect(comparedBy("reason", CELLS, { ...judged, filters })?.map(({ value }) => value)).toEqual([
    "api_trouble",
  ]);
  expect(choicesOf("reason", CELLS, filters)).toEqual(["not_matched", "api_trouble"]);
  expect(toggled(filters, "reason", "api_trouble")).toEqual(noFilters());
});

test("one row that is too small for the reader hides the table, and the whole where it is small itself", () => {
  const small = [...CELLS, facetCell(1, "told_to", 3, 3)];
  expect(comparedBy("reason", small, { ...judged, grant: "small_hidden" })).toBeNull();
  expect(wholeOf(small, { ...judged, grant: "small_hidden" })).not.toBeNull();
  expect(wholeOf([facetCell(1, "told_to", 3, 3)], { ...judged, grant: "small_hidden" })).toBeNull();
});

test("it is worst where the most fall back beyond the rate of all, not where few logins have a high rate", () => {
  const device = (value: string, offered: number, fellBack: number): FacetCell => ({
    ...{ period: 1, facet: "device", value, offered, fellBack },
  });
  const cells = [device("kiosk", 40, 8), device("phone_ios", 1000, 30), device("desktop_windows", 1000, 120)];
  const rows = comparedBy("device", cells, { ...judged, hasBefore: false }) ?? [];
  expect(worstOf(rows)?.value).toBe("desktop_windows");
  expect(worstOf(rows.slice(0, 1))).toBeNull();
});

test("trouble is marked where a run of failing hours begins, or of days with as much as an hour without the API", () => {
  const starts = [0, 1, 2, 3].map((day) => new Date(Date.UTC(2026, 2, 10 + day)));
  const steps = { unit: "day", starts, now: new Date("2026-03-13T12:00:00Z") } as const;
  const calls = [40, 42, 300, 3].map((errors, step) => ({ step, calls: 1000, errors }));
  const unwatched = { incidents: [], watchedSince: null };
  expect(troublesOf({ ...unwatched, calls }, steps, "full")).toEqual([{ place: 1 }]);
  expect(troublesOf({ ...unwatched, calls }, { ...steps, unit: "hour" }, "full")).toEqual([{ place: 2 }]);
  const few = [{ step: 0, calls: 6, errors: 4 }];
  expect(troublesOf({ ...unwatched, calls: few }, steps, "full")).toEqual([{ place: 0 }]);
  expect(troublesOf({ ...unwatched, calls: few }, steps, "small_hidden")).toEqual([]);
});

test("since the API is watched a step is marked by its first incident that cost logins, and no more by its calls", () => {
  const hours = (hour: number) => new Date(Date.UTC(2026, 2, 10) + hour * 3_600_000);
  const steps = { unit: "hour", starts: [0, 1, 2, 3].map(hours), now: hours(4) } as const;
  const calls = [0, 1, 2, 3].map((step) => ({ step, calls: 100, errors: step === 1 ? 0 : 90 }));
  const incident = (hour: number, logins: number | null) => ({ openedAt: hours(hour), logins });
  const incidents = [
    incident(0.5, 9),
    incident(2.25, 0),
    incident(2.5, 3),
    incident(2.75, 9),
    incident(3.5, 9),
  ];
  const known = { calls, incidents, watchedSince: hours(1.5) };
  expect(troublesOf(known, steps, "full")).toEqual([{ place: 0 }, { place: 2.5 }, { place: 3.5 }]);
  expect(troublesOf(known, steps, "small_hidden")).toEqual([{ place: 0 }, { place: 2.75 }, { place: 3.5 }]);
  expect(troublesOf({ ...known, incidents: [incident(2.5, null)] }, steps, "full")).toEqual([{ place: 0 }]);
});

test.each([
  ["2026-03-01", 1, "2026-02-28"],
  ["2026-03-01", -2, "2026-03-03"],
  ["2026-01-01", 30, "2025-12-02"],
])("the date before %s by %i days is %s", (day, days, before) => {
  expect(dayBefore(day, days)).toBe(before);
});
