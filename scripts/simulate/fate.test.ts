import { expect, test } from "vitest";
import { takeDice } from "../seed/dice.ts";
import { type Fate, fateOf, withOdds } from "./fate.ts";
import { type Scenario, weatherAt } from "./scenarios.ts";

const LOGINS = 20_000;
const fates = (scenario: Scenario, secondsSince: number | null = null): Fate[] =>
  Array.from({ length: LOGINS }, (_, place) => fateOf(takeDice(1, place), weatherAt(scenario, secondsSince)));

const keptOut = ({ biometric: { showsFace, password } }: Fate): boolean => !showsFace && password !== "in";
const shareOf = (all: readonly Fate[], is: (fate: Fate) => boolean): number =>
  Math.round((1000 * all.filter(is).length) / all.length) / 1000;
const notIn = (all: readonly Fate[]) => ({
  biometric: shareOf(all, keptOut),
  legacy: shareOf(all, ({ legacy }) => legacy !== "in"),
});

test("one in ten does not get in, whichever way they are sent", () => {
  const { biometric, legacy } = notIn(fates("harmless"));
  expect(biometric).toBe(legacy);
  expect(legacy).toBeCloseTo(0.1, 2);
});

test("a harmful flag has one and a half times the odds, and the legacy way is as it was", () => {
  const { biometric, legacy } = notIn(fates("harmful"));
  expect(legacy).toBe(notIn(fates("harmless")).legacy);
  expect(biometric / (1 - biometric) / (0.1 / 0.9)).toBeCloseTo(1.5, 1);
});

test("whom a harmless flag keeps out, a harmful one keeps out too", () => {
  const harmful = fates("harmful");
  expect(fates("harmless").every((fate, place) => !keptOut(fate) || keptOut(harmful[place] as Fate))).toBe(
    true,
  );
});

test("in an incident three times as many do not get in, either way alike", () => {
  const { biometric, legacy } = notIn(fates("incident", 1));
  expect(biometric).toBe(legacy);
  expect(legacy).toBeCloseTo(0.3, 1);
});

test("who fails to be recognised shows somebody else's face, and at most three times", () => {
  const all = fates("harmless");
  const tried = all.map(({ biometric: { strangers } }) => strangers);
  expect([Math.min(...tried), Math.max(...tried)]).toEqual([0, 3]);
  expect(all.filter(keptOut).every(({ biometric: { strangers } }) => strangers > 0)).toBe(true);
});

test("odds of one change no chance", () => {
  expect(withOdds(0.1, 1)).toBeCloseTo(0.1, 12);
  expect(withOdds(0.1, 1.5)).toBeCloseTo(1 / 7, 12);
});
