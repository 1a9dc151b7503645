import { expect, test } from "vitest";
import { differencesOf } from "./differences.ts";
import type { LiveFlag, LiveStrategy } from "./types.ts";

const strategy = (over: Partial<LiveStrategy>): LiveStrategy => ({
  id: "1",
  name: "flexibleRollout",
  title: "gradual",
  percent: 25,
  percentText: "25",
  groupId: "biometric-login",
  stickiness: "loginKey",
  segments: [],
  constraints: 0,
  isDisabled: false,
  ...over,
});
const gradual = (over: Partial<LiveStrategy> = {}) => strategy(over);
const cohort = (over: Partial<LiveStrategy> = {}) =>
  strategy({ id: "2", title: "early adopters", percent: 100, percentText: "100", segments: [7], ...over });
const live = (over: Partial<LiveFlag> = {}): LiveFlag => ({
  isOn: true,
  hasMaster: true,
  masterIsOn: true,
  cohortSegments: [7],
  strategies: [cohort(), gradual()],
  ...over,
});
const WANTED = { isOn: true, exposurePercent: 25 };

test("what is as it was asked for has no difference", () => {
  expect(differencesOf(live(), WANTED)).toEqual([]);
  expect(differencesOf(live({ isOn: false }), { ...WANTED, isOn: false })).toEqual([]);
});

test.each<[string, LiveFlag | null, string, boolean]>([
  ["no flag at all", null, "flag_missing", false],
  ["off by hand", live({ isOn: false }), "switched_off", false],
  [
    "a percentage raised by hand",
    live({ strategies: [cohort(), gradual({ percent: 60, percentText: "60" })] }),
    "percent_higher",
    true,
  ],
  [
    "a percentage lowered by hand",
    live({ strategies: [cohort(), gradual({ percent: 5, percentText: "5" })] }),
    "percent_lower",
    false,
  ],
  [
    "a percentage that is none",
    live({ strategies: [cohort(), gradual({ percent: null, percentText: "150" })] }),
    "percent_unreadable",
    true,
  ],
  ["the gradual strategy gone", live({ strategies: [cohort()] }), "gradual_missing", false],
  [
    "the gradual strategy twice",
    live({ strategies: [cohort(), gradual(), gradual({ id: "3" })] }),
    "gradual_twice",
    true,
  ],
  ["the early adopters' strategy gone", live({ strategies: [gradual()] }), "cohort_missing", false],
  [
    "the early adopters' strategy without its segment",
    live({ strategies: [cohort({ segments: [] }), gradual()] }),
    "foreign_strategy",
    true,
  ],
  [
    "the early adopters' strategy with another segment",
    live({ strategies: [cohort({ segments: [8] }), gradual()] }),
    "foreign_strategy",
    true,
  ],
  [
    "a strategy of somebody else",
    live({ strategies: [cohort(), gradual(), strategy({ title: "by hand" })] }),
    "foreign_strategy",
    true,
  ],
  [
    "one of somebody else that is disabled",
    live({ strategies: [cohort(), gradual(), strategy({ title: "by hand", isDisabled: true })] }),
    "foreign_strategy",
    false,
  ],
  [
    "a strategy disabled",
    live({ strategies: [cohort(), gradual({ isDisabled: true })] }),
    "strategy_disabled",
    false,
  ],
  [
    "another group",
    live({ strategies: [cohort(), gradual({ groupId: "other" })] }),
    "bucketing_changed",
    true,
  ],
  [
    "another stickiness",
    live({ strategies: [cohort(), gradual({ stickiness: "random" })] }),
    "bucketing_changed",
    true,
  ],
  ["a constraint", live({ strategies: [cohort(), gradual({ constraints: 1 })] }), "constraint_added", false],
  [
    "a segment on everybody's strategy",
    live({ strategies: [cohort(), gradual({ segments: [7] })] }),
    "constraint_added",
    false,
  ],
  ["no master", live({ hasMaster: false }), "master_missing", false],
  ["the master off", live({ masterIsOn: false }), "master_off", false],
])("%s is %s", (_, seen, code, widens) => {
  expect(differencesOf(seen, WANTED)).toMatchObject([{ code, widens }]);
});

test("what was to be off and is on is an alarm", () => {
  expect(differencesOf(live(), { ...WANTED, isOn: false })).toMatchObject([
    { code: "switched_on", widens: true },
  ]);
});
