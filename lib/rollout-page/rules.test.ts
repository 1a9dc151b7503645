import { describe, expect, test } from "vitest";
import type { RolloutFacts } from "#lib/audit/types.ts";
import { reachOf } from "./rules.ts";

const facts = (exposurePercent: number): RolloutFacts => ({
  ...{ place: null, held: false, halted: false, offersEarlyAdopters: true },
  exposurePercent,
});

/** A hundred buckets of so many people, with one early adopter in each of the first and the last. */
const everybody = (people: number) =>
  Array.from({ length: 100 }, (_, bucket) => ({
    ...{ bucket, people },
    adopters: bucket === 0 || bucket === 99 ? 1 : 0,
  }));

describe("what a change does to people", () => {
  test.each([
    { name: "early adopters to a quarter", from: 0, to: 25, gain: 308_625 - 1, stay: 2, lose: 0 },
    { name: "a quarter to half", from: 25, to: 50, gain: 308_625, stay: 308_626, lose: 0 },
    { name: "half back to a tenth", from: 50, to: 10, gain: 0, stay: 123_451, lose: 493_800 },
  ])("who was counted is told to the last: $name", ({ from, to, gain, stay, lose }) => {
    const reach = reachOf(
      { buckets: everybody(12_345), isEstimate: false },
      ...([facts(from), facts(to)] as const),
    );
    expect(reach).toMatchObject({ gain, stay, lose, of: 1_234_500, estimated: "none" });
  });

  test("an estimate is told to three digits, and as one", () => {
    const reach = reachOf({ buckets: everybody(12_345), isEstimate: true }, facts(25), facts(50));
    expect(reach).toEqual({
      ...{ gain: 309_000, lose: 0, stay: 309_000, before: 309_000, after: 617_000, of: 1_230_000 },
      estimated: "all",
    });
  });

  test("early adopters alone are counted also where all people are estimated", () => {
    const buckets = [{ bucket: 7, people: 1_234_567, adopters: 1_234 }];
    const reach = reachOf(
      { buckets, isEstimate: true },
      { ...facts(0), offersEarlyAdopters: false },
      facts(0),
    );
    expect(reach).toMatchObject({ gain: 1_234, after: 1_234, of: 1_230_000, estimated: "total" });
  });
});
