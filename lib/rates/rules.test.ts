import { expect, test } from "vitest";
import { changeOf, differenceOf, hidesSmall, shareOf, toldShare, wilsonInterval } from "./rules.ts";

test.each([
  // Worked out apart, as the roots x of (share - x)^2 = z^2 x (1 - x) / of.
  { count: 0, of: 10, low: 0, high: 0.2775 },
  { count: 5, of: 10, low: 0.2366, high: 0.7634 },
  { count: 10, of: 10, low: 0.7225, high: 1 },
  { count: 221, of: 3214, low: 0.0605, high: 0.078 },
])("the interval of $count of $of is $low to $high", ({ count, of, low, high }) => {
  const interval = wilsonInterval(count, of);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

test.each([
  { people: 29, of: 400, hasRate: false },
  { people: 30, of: 400, hasRate: true },
  { people: 30, of: 0, hasRate: false },
])("of $of logins by $people people there is a rate: $hasRate", ({ people, of, hasRate }) => {
  expect(shareOf(0, of, people).rate !== null).toBe(hasRate);
});

test.each([
  { grant: "small_hidden", count: 0, of: 100, told: true },
  { grant: "small_hidden", count: 1, of: 100, told: false },
  { grant: "small_hidden", count: 4, of: 100, told: false },
  { grant: "small_hidden", count: 5, of: 100, told: true },
  { grant: "small_hidden", count: 96, of: 100, told: false },
  { grant: "small_hidden", count: 100, of: 100, told: true },
  { grant: "full", count: 1, of: 100, told: true },
] as const)("a reader with $grant is told $count of $of: $told", ({ grant, count, of, told }) => {
  expect(toldShare(shareOf(count, of, 100), grant) !== null).toBe(told);
  expect(hidesSmall(grant, count, of - count)).toBe(!told);
});

test.each([
  { before: [0.05, 0.06], now: [0.061, 0.07], change: "rise" },
  { before: [0.05, 0.06], now: [0.06, 0.07], change: "unclear" },
  { before: [0.05, 0.06], now: [0.03, 0.049], change: "fall" },
  { before: [0.05, 0.06], now: [0.04, 0.08], change: "unclear" },
])("from $before to $now is a $change", ({ before, now, change }) => {
  const rate = ([low = 0, high = 0]: number[]) => ({ share: (low + high) / 2, low, high });
  expect(changeOf(rate(before), rate(now))).toBe(change);
});

test.each([
  // The worked examples of Newcombe (1998), table II, method 10.
  { now: { count: 56, of: 70 }, before: { count: 48, of: 80 }, low: 0.0524, high: 0.3339 },
  { now: { count: 9, of: 10 }, before: { count: 3, of: 10 }, low: 0.1705, high: 0.809 },
  { now: { count: 10, of: 10 }, before: { count: 0, of: 20 }, low: 0.6791, high: 1 },
])("the difference of $now and $before lies between $low and $high", ({ now, before, low, high }) => {
  const difference = differenceOf(wilsonInterval(before.count, before.of), wilsonInterval(now.count, now.of));
  expect(difference.low).toBeCloseTo(low, 4);
  expect(difference.high).toBeCloseTo(high, 4);
});
