import { expect, test } from "vitest";
import { logSplit } from "./split.ts";
import { coins } from "./testing/enumerate.ts";

/** Worked out to 40 digits with mpmath. */
test.each([
  [0, 0, 0.05, 0],
  [10, 990, 0.01, -0.350738254896685],
  [30, 970, 0.01, 7.13292089318888],
  [480, 520, 0.5, 0.053528187394734],
  [600, 400, 0.5, 9.67506195389825],
  [20_000, 60_000, 0.25, -2.19758123010388],
  [19_000, 61_000, 0.25, 31.1133811189178],
])("%d treated and %d not, of %d planned: %d", (treated, control, share, is) => {
  expect(logSplit(treated, control, share)).toBeCloseTo(is, 7);
});

test.each([0.01, 0.25, 0.5])("what is expected of it where people are split as planned is 1: %d", (share) => {
  const mean = coins(30, share).reduce(
    (sum, chance, x) => sum + chance * Math.exp(logSplit(x, 30 - x, share)),
    0,
  );
  expect(mean).toBeCloseTo(1, 8);
});

test("looked at after each of 400 people, a split as planned is found off with less than 1 %, exactly", () => {
  const share = 0.05;
  let open = [1];
  let found = 0;
  for (let of = 1; of <= 400; of++) {
    open = Array.from({ length: of + 1 }, (_, treated) => {
      const chance = (open[treated] ?? 0) * (1 - share) + (open[treated - 1] ?? 0) * share;
      if (chance === 0 || logSplit(treated, of - treated, share) < Math.log(100)) return chance;
      found += chance;
      return 0;
    });
  }
  expect(found).toBeGreaterThan(0);
  expect(found).toBeLessThan(0.01);
});
