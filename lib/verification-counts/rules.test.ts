import { describe, expect, test } from "vitest";
import { noFacets } from "#lib/verifications/rules.ts";
import { TIME_WINDOWS } from "#lib/verifications/types.ts";
import { limitsOf, settle, shortestWindowSince, timeLineOf } from "./rules.ts";

const now = new Date("2026-03-13T12:07:30Z");
const zone = "America/Sao_Paulo";
const HOUR_MS = 3_600_000;

describe("timeLineOf", () => {
  test.each(TIME_WINDOWS)("the bars of %s follow each other and the last one is filling now", (window) => {
    const { starts, to } = timeLineOf(window, now, "Asia/Kathmandu");
    expect(starts.at(-1)?.getTime()).toBeLessThanOrEqual(now.getTime());
    expect(to > now).toBe(true);
    const edges = [...starts, to].map((edge) => edge.getTime());
    expect(new Set(edges.slice(1).map((edge, place) => edge - (edges[place] ?? 0))).size).toBe(1);
  });

  test.each([
    ["24h", 48, "2026-03-12T12:30:00Z", "2026-03-13T12:30:00Z"],
    ["7d", 42, "2026-03-06T15:00:00Z", "2026-03-13T15:00:00Z"],
    ["90d", 90, "2025-12-14T03:00:00Z", "2026-03-14T03:00:00Z"],
  ] as const)("%s is made of %i bars that begin with the days of the zone", (window, bars, from, to) => {
    const line = timeLineOf(window, now, zone);
    expect(line.starts).toHaveLength(bars);
    expect(limitsOf(line)).toEqual({ from: new Date(from), to: new Date(to) });
  });

  test("a day of 23 hours is a bar of 23 hours", () => {
    const { starts } = timeLineOf("30d", new Date("2026-04-02T12:00:00Z"), "Europe/Berlin");
    const place = starts.findIndex((start) => start.toISOString() === "2026-03-28T23:00:00.000Z");
    expect((starts[place + 1]?.getTime() ?? 0) - (starts[place]?.getTime() ?? 0)).toBe(23 * HOUR_MS);
  });
});

describe("settle", () => {
  const day = { ...noFacets(), window: "24h", range: null } as const;
  const rangeOf = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) });

  test("makes whole bars of a range, so that what is counted is what is listed", () => {
    const range = rangeOf("2026-03-13T11:12:00Z", "2026-03-13T11:31:00Z");
    const whole = rangeOf("2026-03-13T11:00:00Z", "2026-03-13T12:00:00Z");
    const { filters, limits } = settle({ ...day, range }, now, zone);
    expect(filters).toMatchObject({ window: "24h", range: whole });
    expect(limits).toEqual(whole);
  });

  test("widens the window to one that holds an older range, and never narrows it", () => {
    const range = rangeOf("2026-03-09T11:00:00Z", "2026-03-09T12:00:00Z");
    expect(settle({ ...day, range }, now, zone).filters.window).toBe("7d");
    expect(settle({ ...day, window: "30d", range }, now, zone).filters.window).toBe("30d");
  });

  test("makes whole days of a range older than every window", () => {
    const range = rangeOf("2025-01-01T10:00:01Z", "2025-01-02T09:00:00Z");
    expect(settle({ ...day, range }, now, zone)).toMatchObject({
      filters: { window: "90d" },
      limits: rangeOf("2025-01-01T03:00:00Z", "2025-01-03T03:00:00Z"),
    });
  });

  test("without a range the list keeps to the whole window", () => {
    const { filters, limits, line } = settle(day, now, zone);
    expect(filters).toBe(day);
    expect(limits).toEqual(limitsOf(line));
  });
});

test.each([
  [0.5, "1h"],
  [20, "24h"],
  [40, "7d"],
  [24 * 20, "30d"],
  [24 * 400, "90d"],
] as const)("a moment %d hours ago lies within %s", (hours, window) => {
  expect(shortestWindowSince(new Date(now.getTime() - hours * HOUR_MS), now)).toBe(window);
});
