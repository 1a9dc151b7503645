import { describe, expect, test } from "vitest";
import {
  bunchOfTrouble,
  countFacet,
  hasSmallBar,
  noFacets,
  passes,
  placesOf,
  tallyOf,
  toggled,
} from "./rules.ts";
import type { RollupCell, VerificationFacets } from "./types.ts";

const none = noFacets();
const cell = (more: Partial<RollupCell>): RollupCell => ({
  outcome: "matched",
  reason: "matched",
  modality: "face",
  stage: "25",
  channel: "web",
  application: "a",
  apiStatus: "200",
  device: "other",
  source: "gateway",
  count: 1,
  ...more,
});
const cells = [
  cell({ count: 70 }),
  cell({ outcome: "capture_refused", reason: "too_dark", count: 6 }),
  cell({ outcome: "capture_refused", reason: "too_dark", channel: "app", count: 3 }),
  cell({ outcome: "not_matched", reason: "different_person", count: 5 }),
  cell({ outcome: "api_error", reason: "api_timed_out", modality: "fingers", count: 2 }),
];

describe("countFacet", () => {
  test("counts the values most frequent first", () => {
    expect(countFacet(cells, none, "outcome").map(({ value, count }) => [value, count])).toEqual([
      ["matched", 70],
      ["capture_refused", 9],
      ["not_matched", 5],
      ["api_error", 2],
    ]);
  });
  test("a choice narrows the other facets and not its own", () => {
    const facets = { ...none, outcome: ["capture_refused" as const] };
    expect(countFacet(cells, facets, "outcome")).toHaveLength(4);
    expect(countFacet(cells, facets, "channel").map(({ value, count }) => [value, count])).toEqual([
      ["web", 6],
      ["app", 3],
    ]);
  });
  test("a chosen value stays although nothing is left of it, so that it can be taken back", () => {
    const facets = { ...none, channel: ["kiosk"] };
    expect(countFacet(cells, facets, "channel")).toContainEqual({ value: "kiosk", count: 0, chosen: true });
  });
});

test("several values of one facet are alternatives, several facets are conditions", () => {
  const facets: VerificationFacets = {
    ...none,
    outcome: ["api_error", "not_matched"],
    modality: ["fingers"],
  };
  expect(cells.filter((one) => passes(one, facets)).map(({ reason }) => reason)).toEqual(["api_timed_out"]);
});

test("the first sentence counts all, those that did not match, and names the commonest reason", () => {
  expect(tallyOf(cells)).toEqual({ all: 86, notMatched: 16, apiErrors: 2, commonest: "too_dark" });
  expect(tallyOf([])).toEqual({ all: 0, notMatched: 0, apiErrors: 0, commonest: null });
});

test("a bar of one to four verifications is a small one, an empty bar is not", () => {
  expect(hasSmallBar([{ all: 0 }, { all: 5 }])).toBe(false);
  expect(hasSmallBar([{ all: 5 }, { all: 4 }])).toBe(true);
});

describe("the time line", () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 2, 13, hour));
  const end = at(24);
  const barsWith = (errors: Record<number, number>) =>
    Array.from({ length: 24 }, (_, hour) => ({
      ...{ at: at(hour), all: 50, shown: 50 },
      apiErrors: errors[hour] ?? 0,
    }));

  test("knows the places of a range, and of the whole window", () => {
    const bars = barsWith({});
    expect(placesOf(bars, { from: at(3), to: at(5) })).toEqual({ from: 3, to: 5 });
    expect(placesOf(bars, { from: at(0), to: end })).toEqual({ from: 0, to: 24 });
    expect(placesOf(bars, { from: at(23), to: end })).toEqual({ from: 23, to: 24 });
  });

  test.each([
    ["most of it in two neighbouring bars", { 3: 1, 11: 20, 12: 15, 20: 2 }, [11, 12 + 1]],
    ["most of it in one bar at the end", { 2: 1, 23: 30 }, [23, 24]],
    ["spread over the day", { 1: 5, 6: 5, 11: 5, 16: 5, 21: 5 }, null],
    ["too little to speak of", { 11: 9 }, null],
  ] as const)("says where trouble at the API bunches: %s", (_, errors, hours) => {
    const bunch = bunchOfTrouble(barsWith(errors), end);
    expect(bunch).toEqual(hours === null ? null : { from: at(hours[0]), to: at(hours[1]) });
  });
});

test("a value is chosen by the first click and left by the second", () => {
  const filters = { ...none, window: "24h", range: null } as const;
  const chosen = toggled(filters, "stage", "25");
  expect(chosen.stage).toEqual(["25"]);
  expect(toggled(chosen, "stage", "25").stage).toEqual([]);
});

test("a check by staff counts under no application", () => {
  const counted = countFacet(
    [...cells, cell({ source: "console", application: "", count: 4 })],
    none,
    "application",
  );
  expect(counted.map(({ value }) => value)).toEqual(["a"]);
});
