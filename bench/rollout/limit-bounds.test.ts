import { expect, test } from "vitest";
import { logOverLimit, logWithinLimit } from "#lib/rollout-evidence/limits.ts";
import { everCalled, overBounds, withinBounds } from "./limit-bounds.ts";

const MOST = 120;

test("the bounds call exactly what the evidence calls", () => {
  const [over, within] = [overBounds(0.15, MOST), withinBounds(0.15, MOST)];
  for (let of = 1; of <= MOST; of++)
    for (let count = 0; count <= of; count++) {
      expect(over.calls(count, of)).toBe(logOverLimit({ count, of }, 0.15) >= Math.log(20));
      expect(within.calls(count, of)).toBe(logWithinLimit({ count, of }, 0.15) >= Math.log(20));
    }
});

test("a coin that is called at two heads in a row of two is called in a quarter of cases", () => {
  expect(everCalled({ most: 2, calls: (count, of) => of === 2 && count === 2 }, 0.5)).toBeCloseTo(0.25, 12);
  expect(everCalled({ most: 3, calls: (count) => count === 1 }, 0.5)).toBeCloseTo(7 / 8, 12);
});
