import { expect, test } from "vitest";
import { addStrata, startOdds } from "./odds.ts";
import { HARMFUL } from "./testing/sample-inputs.ts";
import { endStage, logHarmOfRollout, logWhole } from "./whole-rollout.ts";

test("a whole rollout weighs everything and each stage, 1 until it starts and frozen when it ends", () => {
  expect(Math.exp(logWhole(Math.log(8), [Math.log(20)], 4))).toBeCloseTo(4 + (20 + 1 + 1 + 1) / 8, 9);
  const one = addStrata(startOdds({ margin: 1.5, interval: false }), [HARMFUL]);
  const none = { stageCount: 4, stages: [] };
  const twice = endStage(endStage(none, "a", one), "a", one);
  expect(twice.stages).toHaveLength(1);
  const both = addStrata(one, [HARMFUL]);
  expect(logHarmOfRollout(endStage(none, "a", one), "a", one)).toBeCloseTo(
    logHarmOfRollout(none, "a", both),
    9,
  );
});
