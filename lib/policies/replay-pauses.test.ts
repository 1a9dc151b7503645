import { expect, test } from "vitest";
import { countPaused, replayPauses } from "./replay-pauses.ts";
import { DEFAULT_POLICY_VALUES, type PolicyValues } from "./schema.ts";
import { DAY_FROM, dayOf, login } from "./testing/make-day.ts";
import type { PausedLogin } from "./types.ts";

const to = (values: Partial<PolicyValues>): PolicyValues => ({ ...DEFAULT_POLICY_VALUES, ...values });
const exact = (count: number) => ({ kind: "exact", count });
const paused = (before: number, after: unknown) => ({ figure: "peoplePaused", before, after });
const fact = (figure: string, after: unknown) => ({ figure, before: null, after });
const turnedAway = (person: string, minute: number): PausedLogin => ({
  personId: person,
  atMs: DAY_FROM.getTime() + minute * 60_000,
  ended: null,
});

// Ana fails five times (minutes 0-2, 10-11): paused from 11 to 26. Bia fails three times, matches at 13, fails once more.
// Caio came into the day with four failures and fails at 40: paused from 40 to 55. Trouble at the API counts nothing.
const DAY = dayOf(
  [
    login({ person: "ana", tries: "xxX", at: 0 }),
    login({ person: "ana", tries: "xr", at: 10 }),
    login({ person: "bia", tries: "xxX", at: 0 }),
    login({ person: "bia", tries: "em", at: 12 }),
    login({ person: "bia", tries: "x", at: 50 }),
    login({ person: "caio", tries: "x", at: 40 }),
  ],
  {},
  {
    failuresBefore: new Map([["caio", 4]]),
    pausedLogins: [turnedAway("ana", 15), turnedAway("ana", 24), turnedAway("caio", 54)],
  },
);

test("people are paused by the recorder's own rule, failures before the day counted in", () => {
  expect(countPaused(DAY, false)).toBe(2);
  expect(countPaused(DAY, true)).toBe(0);
});

test.each([
  { values: {}, facts: [paused(2, exact(2))], what: "the same rule changes nothing" },
  {
    // Ana from 2, so that her two tries at 10 and 11 are not made; Bia from 2, so that she cannot try or match before 17. Ana's login at 24 is free again.
    values: { failuresBeforePause: 3 },
    facts: [
      paused(2, exact(3)),
      fact("triesNotMade", exact(4)),
      fact("matchedInPause", exact(1)),
      fact("freedLogins", exact(1)),
    ],
    what: "a lower limit is exact on what was tried",
  },
  {
    values: { failuresBeforePause: 6 },
    facts: [
      paused(2, { kind: "between", low: 0, high: 2 }),
      fact("freedLogins", { kind: "between", low: 0, high: 3 }),
    ],
    what: "a higher limit leaves open what the released would have done",
  },
  {
    values: { pauseMinutes: 10 },
    facts: [paused(2, exact(2)), fact("freedLogins", exact(2))],
    what: "a shorter pause frees the logins after it",
  },
  {
    values: { pauseMinutes: 60 },
    facts: [paused(2, exact(2))],
    what: "a longer pause that meets no try changes nothing",
  },
])("$what", ({ values, facts }) => {
  expect(replayPauses(DAY, to(values))).toEqual(facts);
});

test("while liveness is required a face gets the higher limit, fingers alone do not", () => {
  const five = "xxxxx";
  const day = dayOf(
    [
      login({ person: "face", tries: five, at: 0 }),
      login({ person: "finger", tries: five, at: 0, more: { face: false } }),
    ],
    { livenessRequired: true },
  );
  expect(countPaused(day, false)).toBe(1);
  expect(countPaused(day, true)).toBe(0);
  const lower = to({ livenessRequired: true, failuresBeforePauseWithLiveness: 5 });
  expect(replayPauses(day, lower)[0]).toEqual(paused(1, exact(2)));
});
