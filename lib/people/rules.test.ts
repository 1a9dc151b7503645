import { describe, expect, test } from "vitest";
import { findMatch, isEndOnly, maskCustomId } from "./rules.ts";

describe("maskCustomId", () => {
  test.each([
    ["sample-000042", "••••0042"],
    ["abcdef", "••••def"],
    ["ab", "••••b"],
    ["a", "••••"],
    ["pessoa-😀😀😀😀", "••••😀😀😀😀"],
  ])("%s is shown as %s, never more than half of it", (customId, masked) => {
    expect(maskCustomId(customId)).toBe(masked);
  });
});

describe("isEndOnly", () => {
  test("nobody can look for more of a masked CustomID than the mask shows", () => {
    expect(isEndOnly("0042")).toBe(true);
    expect(isEndOnly("00042")).toBe(false);
  });
});

describe("findMatch", () => {
  test("marks the matching letters in the CustomID as it was given", () => {
    expect(findMatch("u-48213-sample", "4821")).toEqual({ from: 2, to: 6 });
  });
  test("marks across case and spaces that the search folds away", () => {
    expect(findMatch("U 48 213", "u4821")).toEqual({ from: 0, to: 7 });
  });
  test("counts a letter outside the basic plane as one mark", () => {
    expect(findMatch("😀ab", "ab")).toEqual({ from: 2, to: 4 });
  });
  test("marks nothing where the text is not inside", () => {
    expect(findMatch("u-1", "9")).toBeNull();
    expect(findMatch("u-1", "")).toBeNull();
  });
});
