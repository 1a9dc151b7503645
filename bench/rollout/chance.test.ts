import { expect, test } from "vitest";
import { takeChance } from "./chance.ts";

const DRAWS = 4000;
function momentsOf(draw: () => number) {
  const values = Array.from({ length: DRAWS }, draw);
  const mean = values.reduce((sum, each) => sum + each, 0) / DRAWS;
  const variance = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (DRAWS - 1);
  return { mean, variance, least: Math.min(...values), most: Math.max(...values) };
}

/** Exact below 200 on average, the normal neighbour above: both sides of the line, and the mirrored half. */
test.each([
  [1, 0.3],
  [50, 0.02],
  [300, 0.5],
  [1000, 0.15],
  [1000, 0.4],
  [1000, 0.9],
])("counts of %d with a chance of %d have its mean and spread, and stay within", (of, share) => {
  const chance = takeChance(1, 1);
  const { mean, variance, least, most } = momentsOf(() => chance.binomial(of, share));
  const spread = of * share * (1 - share);
  expect(Math.abs(mean - of * share)).toBeLessThan(4 * Math.sqrt(spread / DRAWS));
  expect(variance / spread).toBeCloseTo(1, 0);
  expect([least >= 0, most <= of]).toEqual([true, true]);
});

test.each([0.4, 20, 150, 900])("arrivals of %d on average have its mean and spread", (average) => {
  const chance = takeChance(2, 1);
  const { mean, variance, least } = momentsOf(() => chance.poisson(average));
  expect(Math.abs(mean - average)).toBeLessThan(4 * Math.sqrt(average / DRAWS));
  expect(variance / average).toBeCloseTo(1, 0);
  expect(least).toBeGreaterThanOrEqual(0);
});

test.each([
  [0, 0.5, 0],
  [10, 0, 0],
  [10, 1, 10],
])("%d with a chance of %d are always %d", (of, share, count) => {
  expect(takeChance(1, 1).binomial(of, share)).toBe(count);
});

test("one seed and run give one history, another run another", () => {
  const history = (seed: number, run: number) => {
    const chance = takeChance(seed, run);
    return Array.from({ length: 20 }, () => chance.binomial(100, 0.3));
  };
  expect(history(1, 7)).toEqual(history(1, 7));
  expect(history(1, 8)).not.toEqual(history(1, 7));
  expect(history(2, 7)).not.toEqual(history(1, 7));
});
