import { describe, expect, test } from "vitest";
import type { Stratum } from "#lib/rollout-evidence/types.ts";
import { takeChance } from "./chance.ts";
import {
  type Watch,
  watchByEqualArms,
  watchBySequence,
  watchExactly,
  watchHourly,
  watchThreshold,
} from "./watches.ts";

const HARMLESS: Stratum = { treated: 100, treatedBad: 3, control: 900, controlBad: 27 };
const HARMFUL: Stratum = { treated: 100, treatedBad: 9, control: 900, controlBad: 27 };
const makers: [string, () => Watch][] = [
  ["the exact process", watchExactly],
  ["the sequence", watchBySequence],
  ["the sequence with equal arms", () => watchByEqualArms(takeChance(1, 1))],
  ["the z-test", watchHourly],
  ["a threshold", () => watchThreshold(0.03)],
];

/** After how many such hours it has found harm; null where it has not within a week. */
function findsAfter(watch: Watch, stratum: Stratum): number | null {
  for (let hour = 1; hour <= 168; hour++) if (watch(stratum)) return hour;
  return null;
}

describe.each(makers)("%s", (_, make) => {
  test("finds three times as many failures, and nothing where both arms fail alike", () => {
    expect(findsAfter(make(), HARMFUL)).not.toBeNull();
    expect(findsAfter(make(), HARMLESS)).toBeNull();
  });

  test("finds nothing where nobody comes", () => {
    expect(findsAfter(make(), { treated: 0, treatedBad: 0, control: 0, controlBad: 0 })).toBeNull();
  });
});

test("the exact process finds it sooner than the sequence, and that sooner than with equal arms", () => {
  const [exact = 0, sequence = 0, equal = 0] = [
    watchExactly(),
    watchBySequence(),
    watchByEqualArms(takeChance(1, 1)),
  ].map((watch) => findsAfter(watch, { treated: 10, treatedBad: 1, control: 990, controlBad: 30 }) ?? 0);
  expect(exact).toBeGreaterThan(0);
  expect(exact).toBeLessThan(sequence);
  expect(sequence).toBeLessThan(equal || Number.POSITIVE_INFINITY);
});

test("a threshold over the last day forgets what is older, and waits for enough people", () => {
  const watch = watchThreshold(0.03, { hours: 24, atLeast: 20 });
  const few: Stratum = { treated: 1, treatedBad: 1, control: 9, controlBad: 0 };
  const good: Stratum = { treated: 50, treatedBad: 0, control: 450, controlBad: 0 };
  expect(findsAfter(watch, few)).toBe(20);
  for (let hour = 0; hour < 23; hour++) watch(good);
  expect(watch(good)).toBe(false);
});
