import { describe, expect, test } from "vitest";
import { takeChance } from "./chance.ts";
import { runJudged } from "./judged-rollout.ts";
import { DESIGN_WAY, runPolicy } from "./policy.ts";

const BUSY = { usersPerDay: 20_000, baseShare: 0.03 };

describe("a whole rollout judged by the shipped rule", () => {
  test.each([
    ["harmless", 1, "shipped", 1],
    ["harmful", 3, "rolled_back", 4],
  ])(
    "%s: ends as the short walk ends, and every verdict is the same again from what was stored",
    (_, odds, end, runs) => {
      for (let run = 0; run < runs; run++) {
        const judged = runJudged(BUSY, () => odds, takeChance(1, run));
        const short = runPolicy(BUSY, () => odds, takeChance(1, run));
        expect(judged).toMatchObject({ ...short, end, differing: 0, invalidHours: 0 });
        expect(judged.verdicts).toBe(judged.hours);
      }
    },
  );
});

describe("the short walk", () => {
  test("a harmless flag that many use is held by nothing but the least dwell", () => {
    const { ends } = runPolicy({ usersPerDay: 2_000_000, baseShare: 0.03 }, () => 1, takeChance(1, 3));
    expect(ends).toEqual([24, 48, 72, 144]);
  });

  test("where hardly anybody comes it still holds after sixty days", () => {
    const quiet = { usersPerDay: 5, baseShare: 0.01 };
    expect(runPolicy(quiet, () => 1, takeChance(1, 0))).toMatchObject({ end: "holding", ends: [] });
  });

  test("harm that begins with the third stage is found in it", () => {
    const { end, ends } = runPolicy(BUSY, (stage) => (stage >= 2 ? 2 : 1), takeChance(1, 1));
    expect({ end, stages: ends.length }).toEqual({ end: "rolled_back", stages: 2 });
  });

  test("in the first stage a proof that runs on and one that begins anew are the same", () => {
    const world = { usersPerDay: 2000, baseShare: 0.03 };
    const endOfFirst = (proof: "anew" | "on") =>
      runPolicy(world, () => 1, takeChance(1, 5), { ...DESIGN_WAY, proof }).ends[0];
    expect(endOfFirst("on")).toBe(endOfFirst("anew"));
  });
});
