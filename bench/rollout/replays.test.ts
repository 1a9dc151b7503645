import { expect, test } from "vitest";
import { judgeStage } from "#lib/rollout-evidence/judge-stage.ts";
import { sampleInputs } from "#lib/rollout-evidence/testing/sample-inputs.ts";
import { replays } from "./replays.ts";

test("a verdict is its inputs' own, and no other's", () => {
  const inputs = sampleInputs();
  expect(replays(inputs, judgeStage(inputs))).toBe(true);
  expect(replays(sampleInputs({ securityEvents: 1 }), judgeStage(inputs))).toBe(false);
  expect(replays(inputs, { ...judgeStage(inputs), logHarm: 0.1 + 0.2 })).toBe(false);
});
