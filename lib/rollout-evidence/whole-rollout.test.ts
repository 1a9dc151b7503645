import { expect, test } from "vitest";
import { addStrata, startOdds } from "./odds.ts";
import { coins, expected, falls } from "./testing/enumerate.ts";
import { HARMFUL } from "./testing/sample-inputs.ts";
import { endStage, logHarmOfRollout, logOverLimitOfRollout, logWhole } from "./whole-rollout.ts";

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

test("over two stages of a harmless build its evidence is expected to be 1, exactly, whatever number of stages was planned", () => {
  const start = startOdds({ margin: null, interval: false });
  for (const stageCount of [0, 1, 2, 4]) {
    const [mean] = expected(falls(5, 8, 4, 1), (first) => {
      const history = endStage({ stageCount, stages: [] }, "a", addStrata(start, [first]));
      return expected(falls(9, 9, 3, 1), (second) => [
        Math.exp(logHarmOfRollout(history, "b", addStrata(start, [second]))),
      ]);
    });
    expect(mean).toBeCloseTo(1, 10);
  }
});

test("over two stages at a limit its evidence is expected to be 1, exactly", () => {
  const limit = 0.15;
  const mean = coins(12, limit).reduce(
    (sum, first, before) =>
      sum +
      first *
        coins(15, limit).reduce(
          (so, second, count) =>
            so +
            second *
              Math.exp(logOverLimitOfRollout([{ count: before, of: 12 }], { count, of: 15 }, limit, 4)),
          0,
        ),
    0,
  );
  expect(mean).toBeCloseTo(1, 9);
});
