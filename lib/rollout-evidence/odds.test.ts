import { describe, expect, test } from "vitest";
import {
  addStrata,
  harmRatios,
  logHarm,
  logSafety,
  oddsInterval,
  safetyPoints,
  safetyWeights,
  startOdds,
} from "./odds.ts";
import { expected, falls, smallTables } from "./testing/enumerate.ts";
import { HARMFUL, HARMLESS, slices } from "./testing/sample-inputs.ts";
import type { OddsEvidence, Stratum } from "./types.ts";

const evidenceAt = (stratum: Stratum, margin: number | null = 1.5) =>
  addStrata(startOdds({ margin, interval: false }), [stratum]);

describe("what is expected of a stratum's evidence where the fear is unfounded", () => {
  /** All tables of up to five people in each arm, and some that are larger and lopsided. */
  const tables = [
    ...smallTables(5),
    ...[
      [3, 20, 7],
      [20, 3, 20],
      [12, 9, 1],
      [30, 40, 25],
    ].map(([treated = 0, control = 0, bad = 0]) => ({ treated, control, bad })),
  ];
  const most = (odds: number, values: (stratum: Stratum) => number[]) =>
    Math.max(
      ...tables.flatMap(({ treated, control, bad }) => expected(falls(treated, control, bad, odds), values)),
    );
  const harm = (stratum: Stratum) => harmRatios(evidenceAt(stratum)).map(Math.exp);
  const safety = (margin: number) => (stratum: Stratum) => [
    Math.exp(logSafety(evidenceAt(stratum, margin)) ?? 0),
  ];

  test.each([1, 0.95, 0.7, 0.3, 0.05])(
    "no odds ratio that stands for harm gains at %d times the odds",
    (odds) => {
      expect(most(odds, harm)).toBeLessThanOrEqual(1 + 1e-12);
    },
  );

  test.each([1.3, 1.5, 2, 3])("nor does the proof of safety at its margin or above: %d", (margin) => {
    for (const odds of [margin, margin * 1.05, margin * 2, 40])
      expect(most(odds, safety(margin))).toBeLessThanOrEqual(1 + 1e-12);
  });

  test("at the edge it is 1 exactly, so that nothing is given away", () => {
    for (const { treated, control, bad } of tables) {
      const means = [
        ...expected(falls(treated, control, bad, 1), harm),
        ...expected(falls(treated, control, bad, 1.5), safety(1.5)),
      ];
      for (const mean of means) expect(mean).toBeCloseTo(1, 10);
    }
  });
});

describe("looked at after each of 20 slices of six people", () => {
  /** The chance that the evidence is ever called, over all ways in which every slice can fall; ways with equal sums are one. */
  function everCalls(odds: number, of: (evidence: OddsEvidence) => number): number {
    const start = startOdds({ margin: 1.5, interval: false });
    let open = new Map([["", { evidence: start, chance: 1 }]]);
    let called = 0;
    for (let slice = 0; slice < 20; slice++) {
      const next: typeof open = new Map();
      for (const { evidence, chance } of open.values())
        for (const fall of falls(3, 3, 3, odds)) {
          const grown = addStrata(evidence, [fall.stratum]);
          if (of(grown) >= Math.log(20)) {
            called += chance * fall.chance;
            continue;
          }
          const key = grown.logLikelihoods.map((each) => each.toFixed(9)).join();
          const seen = next.get(key);
          next.set(key, { evidence: grown, chance: (seen?.chance ?? 0) + chance * fall.chance });
        }
      open = next;
    }
    return called;
  }
  const proof = (evidence: OddsEvidence) => logSafety(evidence) ?? 0;

  test("a harmless build is rolled back with less than 5 %, exactly", () => {
    const harmless = everCalls(1, logHarm);
    expect(harmless).toBeGreaterThan(0.01);
    expect(harmless).toBeLessThan(0.05);
    expect(everCalls(0.8, logHarm)).toBeLessThan(harmless);
  });

  test("a build at its margin is proven safe with less than 5 %, exactly", () => {
    const unsafe = everCalls(1.5, proof);
    expect(unsafe).toBeGreaterThan(0);
    expect(unsafe).toBeLessThan(0.05);
  });

  test("harm is found and safety proven far more often where they are true", () => {
    expect(everCalls(4, logHarm)).toBeGreaterThan(0.8);
    expect(everCalls(0.5, proof)).toBeGreaterThan(0.5);
  });
});

test.each([1.3, 1.5, 2, 3])(
  "what counts for safety at a margin of %d counts 1 together, most at no difference",
  (margin) => {
    const weights = safetyWeights(margin);
    const points = safetyPoints(margin);
    expect(weights.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
    expect(Math.abs(Math.log(points[weights.indexOf(Math.max(...weights))] ?? 0))).toBeLessThan(0.06);
    expect(Math.max(...points)).toBeLessThan(margin);
  },
);

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
