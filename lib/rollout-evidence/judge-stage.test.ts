import { describe, expect, test } from "vitest";
import { judgeStage } from "./judge-stage.ts";
import {
  comparedGate,
  HARMFUL,
  HARMLESS,
  limitedGate,
  sampleInputs,
  slices,
} from "./testing/sample-inputs.ts";
import type { StageInputs } from "./types.ts";

const { stage } = sampleInputs();
const broken = limitedGate({ seen: { count: 500, of: 1000 } });
const harmed = comparedGate(slices(48, HARMFUL));
const few = comparedGate(slices(3, HARMLESS));
const rare = comparedGate(slices(3, { treated: 250, treatedBad: 0, control: 750, controlBad: 1 }));
const unreported = { treated: { count: 99, of: 100 }, control: { count: 940, of: 1000 } };
const skewed = { treated: 10_000, control: 38_000, both: 0 };

const cases: [what: string, decision: string, reason: string, more: Partial<StageInputs>][] = [
  [
    "a reported false accept, before anything",
    "roll_back",
    "security_event",
    { securityEvents: 1, limited: [broken] },
  ],
  [
    "a broken hard limit, also blind",
    "roll_back",
    "limit_broken",
    { limited: [broken], hasPipelineGap: true },
  ],
  ["a gap in the data", "hold", "blind", { hasPipelineGap: true, people: skewed }],
  ["data that is too old", "hold", "blind", { newestLoginAt: "2026-03-12T05:49:59.000Z" }],
  ["no data at all", "hold", "blind", { newestLoginAt: null }],
  ["a split that is off, also with harm", "hold", "split_off", { people: skewed, compared: [harmed] }],
  [
    "people seen on both ways",
    "hold",
    "double_exposure",
    { people: { treated: 12_000, control: 36_000, both: 300 } },
  ],
  ["a silent legacy arm", "hold", "legacy_unreported", { legacyReported: unreported, compared: [harmed] }],
  ["harm, also after a drift", "roll_back", "harm", { compared: [harmed], hasDrifted: true }],
  [
    "harm before the dwell is over",
    "roll_back",
    "harm",
    { compared: [harmed], stage: { ...stage, dwellEndsAt: "2026-03-13T00:00:00.000Z" } },
  ],
  ["a drift", "hold", "drift", { hasDrifted: true }],
  [
    "a signal",
    "hold",
    "signal",
    { compared: [comparedGate(slices(48, HARMFUL), { mode: "signal", margin: null, weight: 0 })] },
  ],
  [
    "a harmed device family",
    "hold",
    "slice",
    { slices: [{ slice: "moto-e", metric: "not_completed", weight: 0.1, strata: slices(20, HARMFUL) }] },
  ],
  ["a person's hold", "hold", "held", { isHeld: true }],
  [
    "a dwell that is not over",
    "hold",
    "dwell",
    { stage: { ...stage, dwellEndsAt: "2026-03-13T00:00:00.000Z" } },
  ],
  ["a freeze", "hold", "freeze", { freezeEndsAt: "2026-03-16T00:00:00.000Z" }],
  ["too few people", "hold", "too_few_people", { stage: { ...stage, minimumPeople: 20_000 } }],
  ["everything proven", "advance", "proven", {}],
  [
    "everything proven where a person decides",
    "ask",
    "proven",
    { stage: { ...stage, asksForApproval: true } },
  ],
  ["the last stage", "hold", "last_stage", { stage: { ...stage, isLast: true } }],
  [
    "a soft limit in doubt",
    "hold",
    "limit_in_doubt",
    { limited: [limitedGate({ hard: false, seen: { count: 200, of: 1000 } })] },
  ],
  ["too little data", "hold", "cannot_tell", { compared: [few] }],
  [
    "too little data for too long",
    "ask",
    "overdue",
    { compared: [few], stage: { ...stage, maximumEndsAt: "2026-03-12T00:00:00.000Z" } },
  ],
  [
    "a gate that only rolls back",
    "advance",
    "proven",
    { compared: [{ ...few, mode: "harm_only", margin: null }] },
  ],
  [
    "early adopters, whom nothing is compared with",
    "ask",
    "proven",
    { compared: [], stage: { ...stage, exposurePercent: 0, asksForApproval: true }, people: skewed },
  ],
];

describe("the rule", () => {
  test.each(cases)("%s: %s, %s", (_, decision, reason, more) => {
    expect(judgeStage(sampleInputs(more))).toMatchObject({ decision, reason });
  });

  test.each(cases)(
    "gives the same verdict to the byte from stored inputs: %s",
    (_, _decision, _reason, more) => {
      const inputs = sampleInputs(more);
      const verdict = JSON.stringify(judgeStage(inputs));
      expect(JSON.stringify(judgeStage(JSON.parse(JSON.stringify(inputs))))).toBe(verdict);
      expect(JSON.stringify(JSON.parse(verdict))).toBe(verdict);
      expect(verdict).not.toContain('"logHarm":null');
    },
  );

  test("being blind wakes somebody from 25 percent on", () => {
    const blind = (exposurePercent: number) =>
      judgeStage(sampleInputs({ hasPipelineGap: true, stage: { ...stage, exposurePercent } })).pages;
    expect([blind(5), blind(25)]).toEqual([false, true]);
  });

  test("harm names its metrics, and an invalid comparison calls its gates void", () => {
    expect(judgeStage(sampleInputs({ compared: [harmed] })).metrics).toEqual(["not_completed"]);
    expect(judgeStage(sampleInputs({ people: skewed })).gates.map(({ state }) => state)).toEqual([
      "void",
      "pass",
    ]);
  });

  test("a proof beyond the stage's longest may be given up, and one in sight is forecast", () => {
    expect(judgeStage(sampleInputs({ compared: [rare] })).choices).toEqual(["widen", "harm_only"]);
    const { until, gates, choices } = judgeStage(
      sampleInputs({ compared: [comparedGate(slices(8, HARMLESS), { margin: 1.3 })] }),
    );
    expect(gates[0]?.forecast?.logins).toBeGreaterThan(0);
    expect(until).toBe(gates[0]?.forecast?.at);
    expect(choices).toEqual(["widen"]);
  });

  test("weights that spend more than there is are refused", () => {
    const compared = [
      comparedGate([], { weight: 0.7 }),
      comparedGate([], { metric: "lockout", weight: 0.4 }),
    ];
    expect(() => judgeStage(sampleInputs({ compared }))).toThrow(RangeError);
  });
});
