import { expect, test } from "vitest";
import { replayPolicy } from "./replay-policy.ts";
import { withValue } from "./rules.ts";
import { DEFAULT_POLICY_VALUES, type PolicyValues } from "./schema.ts";
import { dayOf, login } from "./testing/make-day.ts";
import type { DayTry, RuleName, RuleValue } from "./types.ts";

const CHECKED: PolicyValues = { ...DEFAULT_POLICY_VALUES, qualityChecked: true };
const exact = (count: number) => ({ kind: "exact", count });
const unknown = (why: string) => ({ kind: "unknown", why });
const fact = (figure: string, after: unknown, before: number | null = null) => ({ figure, before, after });

const byCheck = (reason: DayTry["reason"]) => (tries: DayTry[]) =>
  tries.map((made) =>
    made.outcome === "capture_refused" ? { ...made, reason, apiOperation: "check_icao" } : made,
  );
const dark = byCheck("too_dark");

const replayed = (base: PolicyValues, rule: RuleName, value: RuleValue, logins: DayTry[][]) =>
  replayPolicy(dayOf(logins, base), base, withValue(base, rule, value))[0]?.facts;

test("what a rule no longer refuses may go on to the API, and how many would match is an estimate with its limits", () => {
  const logins = [
    ...Array.from({ length: 8 }, () => dark(login({ tries: "rm" }))),
    ...Array.from({ length: 4 }, () => dark(login({ tries: "rx" }))),
    ...Array.from({ length: 4 }, () => dark(login({ tries: "R" }))),
    byCheck("blurred")(login({ tries: "rm" })),
    // The API itself could not use this one: the rule refused nothing.
    login({ tries: "rm" }),
  ];
  // 8 of 12 next tries matched: 0.667, Wilson 0.391 to 0.862, of 16 pictures.
  expect(replayed(CHECKED, "refuse.tooDark", false, logins)).toEqual([
    fact("refusedSo", exact(0), 16),
    fact("sentOn", { kind: "between", low: 0, high: 16 }),
    fact("likelyMatched", { kind: "estimate", count: 11, low: 6, high: 14 }),
  ]);
});

test("too few next tries carry no estimate", () => {
  const facts = replayed(CHECKED, "refuse.tooDark", false, [dark(login({ tries: "rm" }))]);
  expect(facts?.at(-1)).toEqual(fact("likelyMatched", { kind: "unknown", why: "too_few", of: 1 }));
});

test("switching the check off sends on all it refused and saves its calls", () => {
  const logins = [
    dark(login({ tries: "rm" })),
    byCheck("no_face")(login({ tries: "R" })),
    login({ tries: "m" }),
  ];
  expect(replayed(CHECKED, "qualityChecked", false, logins)).toEqual([
    fact("refusedSo", exact(0), 2),
    fact("sentOn", exact(2)),
    fact("likelyMatched", { kind: "unknown", why: "too_few", of: 1 }),
    fact("qualityCalls", exact(0), 4),
  ]);
});

test("liveness switched off sends suspected spoofs on, switched on it costs a call for every face", () => {
  const live = { ...DEFAULT_POLICY_VALUES, livenessRequired: true };
  const logins = [login({ tries: "s" }), login({ tries: "m" }), login({ tries: "m", more: { face: false } })];
  const pauses = fact("peoplePaused", exact(0), 0);
  expect(replayed(live, "livenessRequired", false, logins)).toEqual([
    fact("spoofsSentOn", exact(1)),
    fact("livenessCalls", exact(0), 2),
    pauses,
  ]);
  const calm = [login({ tries: "m" }), login({ tries: "m", more: { face: false } })];
  expect(replayed(DEFAULT_POLICY_VALUES, "livenessRequired", true, calm)).toEqual([
    fact("spoofsSentOn", unknown("not_asked")),
    fact("livenessCalls", exact(1), 0),
    pauses,
  ]);
});

test.each([
  { rule: "refuse.glasses", value: true, base: CHECKED, why: "not_recorded" },
  { rule: "qualityMinConfidence", value: 70, base: CHECKED, why: "not_recorded" },
  { rule: "qualityMinConfidence", value: 70, base: DEFAULT_POLICY_VALUES, why: "not_in_force" },
  { rule: "refuse.tooDark", value: false, base: DEFAULT_POLICY_VALUES, why: "not_in_force" },
  { rule: "qualityChecked", value: true, base: DEFAULT_POLICY_VALUES, why: "not_asked" },
  { rule: "failuresBeforePauseWithLiveness", value: 8, base: DEFAULT_POLICY_VALUES, why: "not_in_force" },
  { rule: "minScore", value: 60, base: DEFAULT_POLICY_VALUES, why: "comparisons" },
] as const)("$rule to $value cannot be told: $why", ({ rule, value, base, why }) => {
  const [first] = replayed(base, rule, value, [login({ tries: "m" })]) ?? [];
  expect(first?.after).toEqual(unknown(why));
});

test("several changes are each replayed as if it were the only one", () => {
  const wanted = { ...DEFAULT_POLICY_VALUES, attemptsBeforeFallback: 2, apiTimeoutMs: 2000 };
  const replays = replayPolicy(dayOf([login({ tries: "xxm" })]), DEFAULT_POLICY_VALUES, wanted);
  expect(replays.map(({ rule, before, after }) => [rule, before, after])).toEqual([
    ["attemptsBeforeFallback", 3, 2],
    ["apiTimeoutMs", 3000, 2000],
  ]);
  expect(replays[0]?.facts[1]).toEqual(fact("matchedLater", exact(1)));
});
