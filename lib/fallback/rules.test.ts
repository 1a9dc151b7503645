import { expect, test } from "vitest";
import { fallbackPoints, gotInOf, reasonSeries, splitOf } from "./rules.ts";
import { sampleCell, sampleFallback, sampleKeptApart } from "./testing/sample-cells.ts";

test.each([
  { outcome: "completed_biometric", part: "completed", isIn: true },
  { outcome: "fell_back", part: "fellBack", isIn: true },
  { outcome: "fell_back_failed", part: "fellBack", isIn: false },
  { outcome: "legacy_unreported", part: "fellBack", isIn: false },
  { outcome: "rejected", part: "lost", isIn: false },
  { outcome: "abandoned", part: "lost", isIn: false },
] as const)("an offered login that ended as $outcome counts as $part; got in: $isIn", (row) => {
  const cells = [sampleCell(0, 7, { outcome: row.outcome })];
  expect(splitOf(cells)).toEqual({ completed: 0, fellBack: 0, lost: 0, [row.part]: 7 });
  expect(gotInOf(cells)).toBe(row.isIn ? 7 : 0);
});

test("fallback counts logins offered the biometric path that ended on the legacy one, and no others", () => {
  const cells = [sampleCell(0, 90), sampleFallback(0, 10), sampleKeptApart(0, 500)];
  expect(fallbackPoints(cells, 1, "full")).toEqual([
    { count: 10, of: 100, rate: expect.objectContaining({ share: 0.1 }) },
  ]);
});

test("a step has a rate from 30 logins on; below it has its count, and an empty one says so", () => {
  const cells = [sampleCell(0, 25), sampleFallback(0, 4), sampleCell(1, 26), sampleFallback(1, 4)];
  const [few, enough, none] = fallbackPoints(cells, 3, "full");
  expect(few).toEqual({ count: 4, of: 29, rate: null });
  expect(enough?.rate?.share).toBeCloseTo(4 / 30);
  expect(none).toEqual({ count: 0, of: 0, rate: null });
});

test("a viewer is told no step with a cell from 1 to 4, of fallbacks or of the rest", () => {
  const cells = [
    sampleCell(0, 96),
    sampleFallback(0, 4),
    sampleCell(1, 95),
    sampleFallback(1, 5),
    sampleCell(2, 3),
    sampleFallback(2, 97),
    sampleCell(3, 40),
  ];
  expect(fallbackPoints(cells, 4, "small_hidden").map((point) => point?.count ?? null)).toEqual([
    null,
    5,
    null,
    0,
  ]);
});

test("reasons come with the most frequent first, one count per step, the rarest together", () => {
  const cells = [
    sampleFallback(0, 9, "capture_quality"),
    sampleFallback(2, 8, "not_matched"),
    sampleFallback(1, 7, "camera_refused"),
    sampleFallback(1, 6, "chose_password"),
    sampleFallback(0, 2, "told_to"),
    sampleFallback(1, 1, "paused"),
    sampleCell(0, 100),
    sampleKeptApart(0, 50),
  ];
  expect(reasonSeries(cells, 3, "full")).toEqual([
    { reason: "capture_quality", counts: [9, 0, 0], total: 9 },
    { reason: "not_matched", counts: [0, 0, 8], total: 8 },
    { reason: "camera_refused", counts: [0, 7, 0], total: 7 },
    { reason: "chose_password", counts: [0, 6, 0], total: 6 },
    { reason: "others", counts: [2, 1, 0], total: 3 },
  ]);
});

test("a viewer sees no reasons where one cell is small, also where it would be lost among the others", () => {
  const large = [sampleFallback(0, 5), sampleFallback(1, 6, "not_matched")];
  expect(reasonSeries(large, 2, "small_hidden")).toHaveLength(2);
  expect(reasonSeries([...large, sampleFallback(1, 4, "told_to")], 2, "small_hidden")).toBeNull();
});
