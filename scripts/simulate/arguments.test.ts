import { expect, test } from "vitest";
import { CannotSeed } from "../seed/arguments.ts";
import { readArguments } from "./arguments.ts";

test("without arguments a harmless rollout passes, a day of its plan in a minute", () => {
  expect(readArguments([])).toMatchObject({
    scenario: "harmless",
    speed: 1440,
    seed: 1,
    approve: false,
    own: false,
  });
});

test("what may be chosen is taken as written", () => {
  const args = "--logins-per-minute 900 --scenario outage --speed 60 --seed 7 --people 500 --approve".split(
    " ",
  );
  expect(readArguments(args)).toMatchObject({
    ...{ "logins-per-minute": 900, scenario: "outage", speed: 60, seed: 7, people: 500, approve: true },
  });
});

test.each([
  ["--scenario storm", "--scenario is none. Write one of harmless, harmful, outage, slow, incident."],
  ["--logins-per-minute 5", "--logins-per-minute is too small."],
  ["--speed fast", "--speed is no number."],
])("%s is refused with what to write instead", (written, said) => {
  expect(() => readArguments(written.split(" "))).toThrow(CannotSeed);
  expect(() => readArguments(written.split(" "))).toThrow(said);
});
