import { describe, expect, test } from "vitest";
import { addLogLikelihoods } from "./fisher.ts";
import { falls } from "./testing/enumerate.ts";
import type { Stratum } from "./types.ts";

const ODDS = [1, 0.2, 0.7, 1.3, 3, 8];
/** The likelihood at each of these odds against no difference: what addLogLikelihoods leaves out cancels. */
function logRatios(stratum: Stratum): number[] {
  const sums = ODDS.map(() => 0);
  addLogLikelihoods(stratum, ODDS, sums);
  return sums.map((each) => each - (sums[0] ?? 0));
}

test.each([
  [1, 1, 1],
  [5, 5, 4],
  [3, 20, 7],
  [20, 3, 20],
  [12, 9, 1],
  [30, 40, 25],
])(
  "the likelihood equals the distribution written out: %d and %d people, %d bad",
  (treated, control, bad) => {
    const none = falls(treated, control, bad, 1);
    ODDS.forEach((odds, place) => {
      falls(treated, control, bad, odds).forEach(({ stratum, chance }, at) => {
        const expected = Math.log(chance / (none[at]?.chance ?? 0));
        expect(logRatios(stratum)[place]).toBeCloseTo(expected, 9);
      });
    });
  },
);

/** Worked out to 40 digits with mpmath; the first and the last agree with scipy.stats.nchypergeom_fisher. */
const KNOWN: [
  treated: number,
  treatedBad: number,
  control: number,
  controlBad: number,
  odds: number,
  is: number,
][] = [
  [250, 21, 750, 23, 3, 5.544502715259697],
  [20, 2, 1980, 60, 3, 1.004175527945],
  [1000, 45, 1000, 30, 1.3, 1.347878416032],
  [5000, 400, 95_000, 3000, 0.7, -91.0273730072562],
  [12, 5, 9, 2, 8, -0.263759881788458],
];

test.each(KNOWN)("%d people with %d bad against %d with %d, at %d times the odds: %d", (...known) => {
  const [treated, treatedBad, control, controlBad, odds, is] = known;
  expect(logRatios({ treated, treatedBad, control, controlBad })[ODDS.indexOf(odds)]).toBeCloseTo(is, 9);
});

describe("a stratum that tells nothing", () => {
  test.each([
    ["nobody is treated", { treated: 0, treatedBad: 0, control: 50, controlBad: 3 }],
    ["nobody is on the legacy path", { treated: 50, treatedBad: 3, control: 0, controlBad: 0 }],
    ["all ended well", { treated: 5, treatedBad: 0, control: 50, controlBad: 0 }],
    ["all ended badly", { treated: 5, treatedBad: 5, control: 9, controlBad: 9 }],
  ])("adds nothing: %s", (_, stratum) => {
    const sums = ODDS.map(() => 7);
    addLogLikelihoods(stratum, ODDS, sums);
    expect(sums).toEqual(ODDS.map(() => 7));
  });
});

test("both arms changed over, the odds ratio is turned round", () => {
  const sums = [0, 0];
  addLogLikelihoods({ treated: 40, treatedBad: 9, control: 70, controlBad: 4 }, [1, 3], sums);
  const changed = [0, 0];
  addLogLikelihoods({ treated: 70, treatedBad: 4, control: 40, controlBad: 9 }, [1, 1 / 3], changed);
  expect((sums[1] ?? 0) - (sums[0] ?? 0)).toBeCloseTo((changed[1] ?? 0) - (changed[0] ?? 0), 10);
});
