import { describe, expect, test } from "vitest";
import { barMinutesOf, countFacet, hasSmallBar, limitsOf, limitsOfList, passes, tallyOf } from "./rules.ts";
import { type RollupCell, TIME_WINDOWS, type VerificationFacets } from "./types.ts";

const none: VerificationFacets = { outcome: [], reason: [], modality: [], channel: [], source: [] };
const cell = (more: Partial<RollupCell>): RollupCell => ({
  outcome: "matched",
  reason: "matched",
  modality: "face",
  channel: "web",
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

describe("limitsOf", () => {
  const now = new Date("2026-03-13T12:07:30Z");
  test.each(TIME_WINDOWS)("the window of %s ends after now and is made of whole bars", (window) => {
    const { from, to } = limitsOf(window, now);
    expect(to > now).toBe(true);
    expect((to.getTime() - from.getTime()) % (barMinutesOf(window) * 60_000)).toBe(0);
    expect(to.getTime() - now.getTime()).toBeLessThanOrEqual(barMinutesOf(window) * 60_000);
  });
  test("the day ends with the bar that is filling now", () => {
    expect(limitsOf("24h", now)).toEqual({
      from: new Date("2026-03-12T12:30:00Z"),
      to: new Date("2026-03-13T12:30:00Z"),
    });
  });
  test("a range chosen on the time line goes before the window", () => {
    const range = { from: new Date(1), to: new Date(2) };
    expect(limitsOfList({ ...none, window: "24h", range }, now)).toEqual(range);
  });
});

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
  expect(hasSmallBar([{ cells: [] }, { cells: [cell({ count: 5 })] }])).toBe(false);
  expect(hasSmallBar([{ cells: [cell({ count: 3 }), cell({ count: 1 })] }])).toBe(true);
});
