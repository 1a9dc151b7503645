import { expect, test } from "vitest";
import type { PlannedStage } from "#lib/rollout/schema.ts";
import { samplePlan, sampleStage } from "#lib/rollout/testing/sample-plan.ts";
import { judgeStage } from "#lib/rollout-evidence/judge-stage.ts";
import { composeInputs } from "./compose-inputs.ts";
import { NOBODY } from "./rules.ts";
import type { SliceSums, StageEvidence } from "./types.ts";

const BEGAN = new Date("2026-03-10T12:00:00.000Z");
const later = (minutes: number) => new Date(BEGAN.getTime() + minutes * 60_000);
const limits = {
  fallback: { count: 80, of: 1000 },
  api_error: { count: 1, of: 1000 },
  slow_call: { count: 2, of: 1000 },
};
const slice = (minutes: number, arm: SliceSums["arm"], notCompleted: number): SliceSums => ({
  ...NOBODY,
  ...{ startsAt: later(minutes), arm, deviceClass: "kiosk", people: 100, notCompleted },
  ...(arm === "legacy" ? { onLegacy: 100, reported: 100 } : {}),
});
const stageAt = (place: number, exposurePercent: number, minutes: number) => ({
  ...{ id: `stage-${place}-${minutes}`, place, exposurePercent, beganAt: later(minutes) },
  countedTo: later(minutes + 60),
});

function evidence(planned: Partial<PlannedStage>, more: Partial<StageEvidence> = {}): StageEvidence {
  const plan = {
    ...samplePlan(0, 50, 100),
    stages: [sampleStage(0), sampleStage(50, planned), sampleStage(100)],
  };
  return {
    ...{ now: later(24 * 60), timeZone: "America/Sao_Paulo", plan, stage: stageAt(1, 50, 0) },
    ...{ planned: { stages: 3, compared: 1 }, earlier: [], limits },
    slices: [slice(10, "biometric", 9), slice(10, "legacy", 10)],
    people: { treated: 100, control: 100, both: 0 },
    ...{ securityEvents: 0, newestLoginAt: later(24 * 60 - 15) },
    ...{ hasPipelineGap: false, hasDrifted: false, isHeld: false },
    ...more,
  };
}

test("every gate of a stage spends its part of one alpha, and the rule takes the inputs", () => {
  const inputs = composeInputs(evidence({}));
  const spent = [...inputs.compared, ...inputs.limited.filter(({ hard }) => hard)];
  expect(spent.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1);
  expect(inputs.compared.map(({ metric, mode, margin }) => ({ metric, mode, margin }))).toEqual([
    { metric: "not_completed", mode: "margin", margin: 1.5 },
    { metric: "lockout", mode: "margin", margin: 1.5 },
    { metric: "slow_login", mode: "margin", margin: 1.5 },
  ]);
  expect(inputs.limited.map(({ metric, limit, hard }) => ({ metric, limit, hard }))).toEqual([
    { metric: "fallback", limit: 0.15, hard: true },
    { metric: "api_error", limit: 0.02, hard: true },
    { metric: "slow_call", limit: 0.1, hard: false },
  ]);
  expect(inputs.slices).toMatchObject([{ slice: "kiosk", metric: "not_completed" }]);
  expect(judgeStage(inputs).gates).toHaveLength(6);
});

test.each([
  ["a stage without a margin only rolls back", { margin: null }, ["harm_only", "harm_only", "harm_only"]],
  [
    "a gate that a person made so only rolls back",
    { harmOnly: ["lockout"] },
    ["margin", "harm_only", "margin"],
  ],
] as const)("%s", (_, planned, modes) => {
  const harmOnly = "harmOnly" in planned ? { harmOnly: [...planned.harmOnly] } : planned;
  expect(composeInputs(evidence(harmOnly)).compared.map(({ mode }) => mode)).toEqual(modes);
});

test.each([
  ["early adopters, who chose themselves", stageAt(0, 0, 0), false],
  ["half of everybody", stageAt(1, 50, 0), false],
  ["everybody, with nobody left to compare with", stageAt(2, 100, 0), true],
])("%s: compared only where there is a like to compare with", (_, stage, isLast) => {
  const inputs = composeInputs(evidence({}, { stage }));
  expect(inputs.compared.length > 0).toBe(stage.exposurePercent === 50);
  expect(inputs.slices.length > 0).toBe(stage.exposurePercent === 50);
  expect(inputs.limited).toHaveLength(3);
  expect(inputs.stage.isLast).toBe(isLast);
});

test("the stages before count towards harm and limits; one that is entered again goes on with what it showed", () => {
  const before = { slices: [slice(-100, "biometric", 30), slice(-100, "legacy", 10)], limits };
  const earlier = [
    { ...before, stage: stageAt(0, 0, -200) },
    { ...before, stage: stageAt(1, 50, -110) },
  ];
  const inputs = composeInputs(evidence({}, { earlier }));
  expect(inputs.compared[0]?.history).toMatchObject({ stageCount: 1, stages: [{ stage: inputs.stage.id }] });
  expect(inputs.limited[0]?.before).toEqual([limits.fallback, limits.fallback]);
  const alone = judgeStage(composeInputs(evidence({})));
  expect(judgeStage(inputs).logHarm).toBeGreaterThan(alone.logHarm);
});

test("the plan's words become times: the least and the longest of a stage, quiet hours, who is asked", () => {
  const plan = {
    ...evidence({ advances: "asks", maxDwellDays: 2, minPeople: 7 }).plan,
    quietHours: { from: 8, to: 10 },
  };
  expect(composeInputs(evidence({}, { plan }))).toMatchObject({
    stage: {
      dwellEndsAt: later(24 * 60).toISOString(),
      maximumEndsAt: later(48 * 60).toISOString(),
      ...{ minimumPeople: 7, asksForApproval: true },
    },
    freezeEndsAt: later(25 * 60).toISOString(),
  });
});

test("what is kept of a verdict stays small, however long the stage", () => {
  const slices = Array.from({ length: 1_000 }, (_, place) => [
    slice(10 + place * 30, "biometric", place % 2),
    slice(10 + place * 30, "legacy", place % 3),
  ]).flat();
  const long = JSON.stringify(composeInputs(evidence({}, { slices }))).length;
  expect(long).toBeLessThan(30_000);
});
