import { expect, test } from "vitest";
import { measureRules } from "./measure-rules.ts";
import { changesBetween, overNist, readNumber, rebase, valueOfRule, withValue } from "./rules.ts";
import { DEFAULT_POLICY_VALUES, policyValuesSchema, wholePolicySchema } from "./schema.ts";
import { dayOf, login } from "./testing/make-day.ts";
import { POLICY_RANGES, RULES } from "./types.ts";

test("every field of a policy is a rule with a row of its own, and nothing else is", () => {
  const { refuse, ...others } = DEFAULT_POLICY_VALUES;
  const fields = [...Object.keys(others), ...Object.keys(refuse).map((name) => `refuse.${name}`)];
  expect([...RULES].sort()).toEqual(fields.sort());
});

test("a rule's value can be read and changed wherever it stands", () => {
  const open = withValue(DEFAULT_POLICY_VALUES, "refuse.tooDark", false);
  expect(valueOfRule(open, "refuse.tooDark")).toBe(false);
  const both = withValue(open, "attemptsBeforeFallback", 2);
  const changes = changesBetween(DEFAULT_POLICY_VALUES, both);
  expect(changes).toEqual([
    { rule: "attemptsBeforeFallback", before: 3, after: 2 },
    { rule: "refuse.tooDark", before: true, after: false },
  ]);
  const theirs = withValue(DEFAULT_POLICY_VALUES, "pauseMinutes", 30);
  expect(rebase(changes, theirs)).toEqual({ ...both, pauseMinutes: 30 });
});

test.each([
  ["attemptsBeforeFallback", "2", { ok: true, value: 2 }],
  ["attemptsBeforeFallback", " 10 ", { ok: true, value: 10 }],
  ["attemptsBeforeFallback", "11", { ok: false, problem: "out_of_range" }],
  ["attemptsBeforeFallback", "0", { ok: false, problem: "out_of_range" }],
  ["attemptsBeforeFallback", "-1", { ok: false, problem: "out_of_range" }],
  ["attemptsBeforeFallback", "2.5", { ok: false, problem: "not_whole" }],
  ["attemptsBeforeFallback", "", { ok: false, problem: "not_a_number" }],
  ["attemptsBeforeFallback", "three", { ok: false, problem: "not_a_number" }],
  ["apiTimeoutMs", "2.5", { ok: true, value: 2500 }],
  ["apiTimeoutMs", "2,5", { ok: true, value: 2500 }],
  ["apiTimeoutMs", "0.4", { ok: false, problem: "out_of_range" }],
  ["minScore", "47,25", { ok: true, value: 47.25 }],
] as const)("%s typed as '%s' reads as %o", (rule, text, read) => {
  expect(readNumber(rule, text)).toEqual(read);
});

test("the ranges shown are those that are enforced", () => {
  for (const [rule, { min, max }] of Object.entries(POLICY_RANGES)) {
    const may = (value: number) =>
      wholePolicySchema.safeParse({ ...DEFAULT_POLICY_VALUES, [rule]: value }).success;
    expect([rule, may(min - 1), may(min), may(max), may(max + 1)]).toEqual([rule, false, true, true, false]);
  }
});

test("a change must say every rule, an older version may lack some or know more", () => {
  const { refuse, pauseMinutes: _, ...rest } = DEFAULT_POLICY_VALUES;
  expect(wholePolicySchema.safeParse({ ...rest, refuse }).success).toBe(false);
  const older = { ...rest, refuse: { tooDark: false }, gone: 1 };
  expect(policyValuesSchema.parse(older)).toEqual({
    ...DEFAULT_POLICY_VALUES,
    refuse: { ...refuse, tooDark: false },
  });
});

test("more failures in a row than NIST allows are named", () => {
  expect(overNist("failuresBeforePause", 6)).toBe(5);
  expect(overNist("failuresBeforePause", 5)).toBeNull();
  expect(overNist("failuresBeforePauseWithLiveness", 10)).toBeNull();
  expect(overNist("pauseMinutes", 600)).toBeNull();
});

test("what each rule did is counted, and where nothing is recorded that is said", () => {
  const day = dayOf(
    [
      login({ tries: "xxX", person: "ana", more: { ended: "fell_back" } }),
      login({ tries: "rm", person: "bia" }),
      login({ tries: "e", person: "caio", more: { ended: "fell_back" } }),
    ],
    {},
    {
      ends: [
        { minutes: 3, byUs: false, count: 3 },
        { minutes: 11, byUs: true, count: 1 },
      ],
    },
  );
  const today = measureRules(day, DEFAULT_POLICY_VALUES);
  expect(Object.keys(today).sort()).toEqual([...RULES].sort());
  expect(today.attemptsBeforeFallback).toEqual({
    did: { text: "usedUp", values: { count: 1 } },
    note: { text: "usedUpWith", values: { value: 2, count: 1 } },
  });
  expect(today.apiTimeoutMs.did).toEqual({ text: "cutOff", values: { count: 1, logins: 1 } });
  expect(today.openLoginMinutes.did).toEqual({ text: "closedByUs", values: { count: 1 } });
  expect(today["refuse.tooDark"]).toEqual({
    did: { text: "notChecked", values: {} },
    note: { text: "namedAfter", values: { count: 1, matched: 1, next: 1 } },
  });
  expect(today.afterLastAttempt).toEqual({
    did: { text: "lastFailed", values: { count: 1 } },
    note: { text: "lastThenIn", values: { count: 1 } },
  });
  expect(today.minScore.did.text).toBe("comparisons");
});
