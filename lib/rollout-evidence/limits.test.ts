import { describe, expect, test } from "vitest";
import { limitInterval, logOverLimit, logWithinLimit } from "./limits.ts";
import { coins } from "./testing/enumerate.ts";

const ALPHA = 0.05;
const isCalled = (log: typeof logOverLimit, count: number, of: number, limit: number) =>
  log({ count, of }, limit) >= -Math.log(ALPHA);

describe("what is expected of a limit's evidence", () => {
  test.each([0.02, 0.15, 0.5])("is 1 at the limit and less on the good side of it: %d", (limit) => {
    const mean = (share: number, log: typeof logOverLimit) =>
      coins(20, share).reduce(
        (sum, chance, count) => sum + chance * Math.exp(log({ count, of: 20 }, limit)),
        0,
      );
    expect(mean(limit, logOverLimit)).toBeCloseTo(1, 9);
    expect(mean(limit, logWithinLimit)).toBeCloseTo(1, 9);
    expect(mean(limit / 2, logOverLimit)).toBeLessThan(1);
    expect(mean(Math.min(0.99, limit * 1.5), logWithinLimit)).toBeLessThan(1);
  });
});

/** The chance that the evidence ever calls within so many logins, looked at after each: exact, count by count. */
function everCalls(log: typeof logOverLimit, share: number, limit: number, logins: number): number {
  let open = [1];
  let called = 0;
  for (let of = 1; of <= logins; of++) {
    const next = Array.from({ length: of + 1 }, (_, count) => {
      const chance = (open[count] ?? 0) * (1 - share) + (open[count - 1] ?? 0) * share;
      if (chance === 0 || !isCalled(log, count, of, limit)) return chance;
      called += chance;
      return 0;
    });
    open = next;
  }
  return called;
}

describe("looked at after each of 200 logins", () => {
  test.each([0.02, 0.15, 0.5])(
    "at a limit of %d a share of just as much is called in less than 1 of 20",
    (limit) => {
      for (const log of [logOverLimit, logWithinLimit]) {
        expect(everCalls(log, limit, limit, 200)).toBeLessThan(ALPHA);
      }
    },
  );

  test("a share of twice the limit is nearly always found over it, and one of a third nearly always within", () => {
    expect(everCalls(logOverLimit, 0.3, 0.15, 200)).toBeGreaterThan(0.9);
    expect(everCalls(logWithinLimit, 0.05, 0.15, 200)).toBeGreaterThan(0.9);
  });
});

test("one bad login more is more evidence over the limit and less within", () => {
  for (let count = 1; count <= 30; count++) {
    const [one, before] = [
      { count, of: 30 },
      { count: count - 1, of: 30 },
    ];
    expect(logOverLimit(one, 0.15)).toBeGreaterThan(logOverLimit(before, 0.15));
    expect(logWithinLimit(one, 0.15)).toBeLessThan(logWithinLimit(before, 0.15));
  }
});

test.each([
  [0.9, 1000, 990],
  [0.005, 2000, 0],
])("a limit beyond the points that stand for good and bad is judged all the same: %d", (limit, of, count) => {
  expect(Math.max(logOverLimit({ count, of }, limit), logWithinLimit({ count, of }, limit))).toBeGreaterThan(
    3,
  );
});

describe("a limit's interval", () => {
  test("stands around the share, and narrows", () => {
    const few = limitInterval({ count: 2, of: 20 }, ALPHA);
    const many = limitInterval({ count: 200, of: 2000 }, ALPHA);
    expect(few.low).toBeLessThan(many.low ?? 0);
    expect(many.low).toBeLessThan(0.1);
    expect(many.high).toBeGreaterThan(0.1);
    expect(few.high).toBeGreaterThan(many.high ?? 1);
  });

  test.each([
    ["nothing was seen", { count: 0, of: 0 }, { low: null, high: null }],
    ["nothing bad was seen", { count: 0, of: 50 }, { low: 0, high: expect.closeTo(0.09572, 5) }],
    ["only bad was seen", { count: 50, of: 50 }, { low: expect.closeTo(0.82638, 5), high: 1 }],
  ])("where %s", (_, seen, interval) => {
    expect(limitInterval(seen, ALPHA)).toEqual(interval);
  });

  test("leaves the limit out exactly when it is refuted at half of alpha", () => {
    const seen = { count: 60, of: 1000 };
    const { low, high } = limitInterval(seen, ALPHA);
    expect(logWithinLimit(seen, high ?? 0)).toBeGreaterThanOrEqual(-Math.log(ALPHA / 2));
    expect(logWithinLimit(seen, (high ?? 0) - 1e-6)).toBeLessThan(-Math.log(ALPHA / 2));
    expect(logOverLimit(seen, low ?? 0)).toBeGreaterThanOrEqual(-Math.log(ALPHA / 2));
  });
});
