import { expect, test } from "vitest";
import { answerOf, type Known, losesPath } from "./rules.ts";

const NOW = new Date("2026-03-13T12:00:00.000Z");
const somebody: Known = {
  ...{ id: "7b1f", status: "enrolled", bucket: 17, pausedUntil: null, failuresInARow: 0 },
};
const stage = (exposurePercent: number, over = {}) => ({
  ...{ exposurePercent, offersEarlyAdopters: true, halted: false, ...over },
});

test.each([
  ["an early adopter is let in whatever their bucket", stage(0), true, somebody, "exposed", "cohort"],
  ["the bucket below the percentage lets in", stage(18), false, somebody, "exposed", "bucket"],
  ["the bucket at the percentage does not", stage(17), false, somebody, "not_exposed", null],
  [
    "an early adopter is not let in while none are",
    stage(0, { offersEarlyAdopters: false }),
    true,
    somebody,
    "not_exposed",
    null,
  ],
  ["a halt is over everything", stage(100, { halted: true }), true, somebody, "halted", "cohort"],
  ["who never enrolled is told what would let them in", stage(18), false, null, "not_enrolled", "bucket"],
  [
    "who is blocked is not let in",
    stage(0),
    true,
    { ...somebody, status: "blocked" as const },
    "blocked",
    "cohort",
  ],
  [
    "nor who has not finished",
    stage(0),
    true,
    { ...somebody, status: "pending" as const },
    "enrollment_pending",
    "cohort",
  ],
  [
    "nor who is paused",
    stage(0),
    true,
    { ...somebody, pausedUntil: new Date(NOW.getTime() + 1) },
    "paused",
    "cohort",
  ],
] as const)("%s", (_, intent, isIn, person, reason, through) => {
  expect(answerOf({ person, isIn, bucket: 17 }, intent, NOW)).toEqual({
    ...{ reason, through, bucket: 17 },
    ...{ exposurePercent: intent.exposurePercent, offersEarlyAdopters: intent.offersEarlyAdopters },
  });
});

test.each([
  ["their bucket would not let them in", somebody, stage(17), true],
  ["their bucket lets them in too", somebody, stage(18), false],
  ["they are not enrolled", null, stage(0), false],
  ["they are blocked", { ...somebody, status: "blocked" as const }, stage(0), false],
  ["early adopters are not offered it", somebody, stage(0, { offersEarlyAdopters: false }), false],
  ["everything is halted", somebody, stage(0, { halted: true }), false],
] as const)("whether somebody loses the path with the cohort, where %s", (_, person, intent, loses) => {
  expect(losesPath(person, intent)).toBe(loses);
});
