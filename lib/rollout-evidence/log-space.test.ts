import { expect, test } from "vitest";
import { logChoose, logFactorial, logGamma, logMean, logSpaced, logSum } from "./log-space.ts";

test("factorials beyond the table go on where it ends", () => {
  expect(logFactorial(1024)).toBeCloseTo(logFactorial(1023) + Math.log(1024), 8);
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
  expect(logChoose(10, 3)).toBeCloseTo(Math.log(120), 12);
});

/** Worked out to 40 digits with mpmath. */
test.each([
  [5.25, 3.5613759103867],
  [15.25, 25.8619499018485],
  [80.25, 270.385431219737],
  [999.25, 5900.04026327352],
])("ln of the gamma function of %d is %d", (x, is) => {
  expect(logGamma(x)).toBeCloseTo(is, 9);
});

test("sums and means hold where the numbers themselves would not", () => {
  expect(logSum([1000, 1000])).toBeCloseTo(1000 + Math.log(2), 10);
  expect(logSum([-1000, -1001])).toBeCloseTo(-1000 + Math.log(1 + Math.exp(-1)), 10);
  expect(logMean([2000, 2000, 2000])).toBeCloseTo(2000, 10);
  expect(logSum([])).toBe(Number.NEGATIVE_INFINITY);
  expect(logSum([Number.NEGATIVE_INFINITY, 3])).toBe(3);
});

test("points are spaced by one factor, and the ends are met", () => {
  const points = logSpaced(0.5, 8, 5);
  [0.5, 1, 2, 4, 8].forEach((each, place) => {
    expect(points[place]).toBeCloseTo(each, 12);
  });
});
