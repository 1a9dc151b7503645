import { describe, expect, test } from "vitest";
import { limitInterval, logOverLimit, logWithinLimit } from "./limits.ts";
import { logChoose, logFactorial, logGamma } from "./log-space.ts";
import { addStrata, HARM_POINTS, harmRatios, logHarm, logSafety, oddsInterval, startOdds } from "./odds.ts";
import { logSplit } from "./split.ts";
import { HARMFUL, HARMLESS, slices } from "./testing/sample-inputs.ts";
import type { Stratum } from "./types.ts";
import { endStage, logHarmOfRollout, logWhole } from "./whole-rollout.ts";

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);

/** The distribution written out, term by term. */
function bruteForce({ treated, control }: Stratum, bad: number, odds: number): Map<number, number> {
  const terms = new Map<number, number>();
  for (let x = Math.max(0, bad - control); x <= Math.min(bad, treated); x++)
    terms.set(x, choose(treated, x) * choose(control, bad - x) * odds ** x);
  const sum = [...terms.values()].reduce((a, b) => a + b, 0);
  return new Map([...terms].map(([x, term]) => [x, term / sum]));
}

const tables: Stratum[] = [
  [1, 1, 1],
  [5, 5, 4],
  [3, 20, 7],
  [20, 3, 20],
  [12, 9, 1],
  [30, 40, 25],
].map(([treated = 0, control = 0, bad = 0]) => ({ treated, control, treatedBad: bad, controlBad: 0 }));

const single = (table: Stratum, bad: number, x: number) => ({ ...table, treatedBad: x, controlBad: bad - x });
const evidenceAt = (stratum: Stratum, margin: number | null = 1.5) =>
  addStrata(startOdds({ margin, interval: false }), [stratum]);

describe("the likelihood of a stratum", () => {
  test.each(tables)("equals the distribution written out: $treated and $control", (table) => {
    const bad = table.treatedBad;
    const none = bruteForce(table, bad, 1);
    for (const [x, atOne] of none) {
      const ratios = harmRatios(evidenceAt(single(table, bad, x)));
      HARM_POINTS.forEach((odds, place) => {
        const expected = Math.log((bruteForce(table, bad, odds).get(x) ?? 0) / atOne);
        expect(ratios[place]).toBeCloseTo(expected, 9);
      });
    }
  });

  test.each([
    { treated: 0, treatedBad: 0, control: 50, controlBad: 3 },
    { treated: 50, treatedBad: 3, control: 0, controlBad: 0 },
    { treated: 5, treatedBad: 0, control: 50, controlBad: 0 },
    { treated: 5, treatedBad: 5, control: 9, controlBad: 9 },
  ])("is silent where an arm is empty or all ended alike: %o", (stratum) => {
    expect(logHarm(evidenceAt(stratum))).toBe(0);
  });
});

describe("what is expected of the evidence where the fear is unfounded", () => {
  test.each(tables)("never grows: $treated and $control", (table) => {
    const bad = table.treatedBad;
    const mean = (odds: number, log: (stratum: Stratum) => number) =>
      [...bruteForce(table, bad, odds)].reduce(
        (sum, [x, chance]) => sum + chance * Math.exp(log(single(table, bad, x))),
        0,
      );
    const harm = (stratum: Stratum) => logHarm(evidenceAt(stratum));
    const safety = (stratum: Stratum) => logSafety(evidenceAt(stratum)) ?? Number.NaN;
    expect(mean(1, harm)).toBeCloseTo(1, 9);
    expect(mean(1.5, safety)).toBeCloseTo(1, 9);
    for (const odds of [0.3, 0.7, 0.95]) expect(mean(odds, harm)).toBeLessThanOrEqual(1 + 1e-12);
    for (const odds of [1.6, 2, 5]) expect(mean(odds, safety)).toBeLessThanOrEqual(1 + 1e-12);
  });

  test.each([0.02, 0.15, 0.5])("nor does a limit's: %d", (limit) => {
    const mean = (share: number, log: typeof logOverLimit) => {
      let sum = 0;
      for (let count = 0; count <= 20; count++)
        sum +=
          choose(20, count) *
          share ** count *
          (1 - share) ** (20 - count) *
          Math.exp(log({ count, of: 20 }, limit));
      return sum;
    };
    expect(mean(limit, logOverLimit)).toBeCloseTo(1, 9);
    expect(mean(limit, logWithinLimit)).toBeCloseTo(1, 9);
    expect(mean(limit / 2, logOverLimit)).toBeLessThanOrEqual(1);
    expect(mean(Math.min(0.99, limit * 1.5), logWithinLimit)).toBeLessThanOrEqual(1);
  });

  test("nor does the split's", () => {
    let sum = 0;
    for (let treated = 0; treated <= 30; treated++)
      sum +=
        choose(30, treated) *
        0.25 ** treated *
        0.75 ** (30 - treated) *
        Math.exp(logSplit(treated, 30 - treated, 0.25));
    expect(sum).toBeCloseTo(1, 8);
  });
});

test("more bad outcomes in the treated arm are more evidence of harm and less of safety", () => {
  const seen = Array.from({ length: 11 }, (_, x) =>
    evidenceAt({ treated: 40, treatedBad: x, control: 60, controlBad: 10 - x }),
  );
  for (const [place, evidence] of seen.entries()) {
    const before = seen[place - 1];
    if (!before) continue;
    expect(logHarm(evidence)).toBeGreaterThan(logHarm(before));
    expect(logSafety(evidence) ?? 0).toBeLessThan(logSafety(before) ?? 0);
  }
});

test("evidence that was stored in between equals evidence that never stopped", () => {
  const strata = [...slices(5, HARMLESS), ...slices(3, HARMFUL)];
  const start = startOdds({ margin: 2, interval: true });
  const stored = JSON.parse(JSON.stringify(addStrata(start, strata.slice(0, 4))));
  expect(addStrata(stored, strata.slice(4))).toEqual(addStrata(start, strata));
});

test("the interval holds the truth and leaves out the margin once safety is proven", () => {
  const evidence = addStrata(startOdds({ margin: 1.5, interval: true }), slices(48, HARMLESS));
  const { low, high } = oddsInterval(evidence, 0.05);
  expect(low).toBeLessThan(1);
  expect(high).toBeGreaterThan(1);
  expect(high).toBeLessThan(1.5);
  expect(oddsInterval(startOdds({ margin: 1.5, interval: true }), 0.05)).toEqual({ low: null, high: null });
});

test("a limit's interval stands around its share and narrows", () => {
  const few = limitInterval({ count: 2, of: 20 }, 0.05);
  const many = limitInterval({ count: 200, of: 2000 }, 0.05);
  expect(few.low).toBeLessThan(many.low ?? 0);
  expect(many.low).toBeLessThan(0.1);
  expect(many.high).toBeGreaterThan(0.1);
  expect(few.high).toBeGreaterThan(many.high ?? 1);
});

test("a whole rollout weighs everything and each stage, 1 until it starts and frozen when it ends", () => {
  expect(Math.exp(logWhole(Math.log(8), [Math.log(20)], 4))).toBeCloseTo(4 + (20 + 1 + 1 + 1) / 8, 9);
  const one = evidenceAt(HARMFUL);
  const none = { stageCount: 4, stages: [] };
  const twice = endStage(endStage(none, "a", one), "a", one);
  expect(twice.stages).toHaveLength(1);
  const both = addStrata(one, [HARMFUL]);
  expect(logHarmOfRollout(endStage(none, "a", one), "a", one)).toBeCloseTo(
    logHarmOfRollout(none, "a", both),
    9,
  );
});

test("factorials beyond the table go on where it ends", () => {
  expect(logFactorial(1024)).toBeCloseTo(logFactorial(1023) + Math.log(1024), 8);
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
  expect(logChoose(10, 3)).toBeCloseTo(Math.log(120), 12);
});
