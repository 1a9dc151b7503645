import { expect, test } from "vitest";
import { reachOfMean } from "./mean-sequence.ts";

/** Worked out apart, from the formula of the paper. */
test.each([
  [100, 6.60688804914789],
  [5000, 2.77909423531352],
  [50_000, 2.98869242128385],
])("of %d values the sequence reaches %d standard errors", (of, errors) => {
  expect(reachOfMean(1, of, 0.05)).toBeCloseTo(errors, 10);
  expect(reachOfMean(0.02, of, 0.05)).toBeCloseTo(0.02 * errors, 10);
});

test("before the first value it reaches everywhere", () => {
  expect(reachOfMean(1, 0, 0.05)).toBe(Number.POSITIVE_INFINITY);
});
