import { describe, expect, test } from "vitest";
import { type Designed, differences, middleOf, shareOf, tell } from "./finding.ts";

const design = (is: Designed["is"]): Designed => ({ is, runs: 400 });

describe("a share of runs", () => {
  /** Wilson's interval, worked out apart. */
  test.each([
    [0, 100, 0, 0, 3.6995],
    [13, 200, 6.5, 3.8385, 10.8004],
    [50, 100, 50, 40.3832, 59.6168],
  ])("%d of %d", (count, of, ours, low, high) => {
    const found = shareOf(count, of);
    expect(found.ours).toBe(ours);
    expect(found.low).toBeCloseTo(low, 2);
    expect(found.high).toBeCloseTo(high, 2);
  });

  test.each<[number, number, Designed["is"], boolean]>([
    [60, 300, 48, true],
    [135, 300, 48, false],
    [2, 400, [0.1, 0.9], false],
    [30, 400, [0.1, 0.9], true],
    [400, 400, 99.6, false],
    [0, 400, 0, false],
  ])("%d of %d beside %s of the design: differs %s", (count, of, is, differs) => {
    expect(shareOf(count, of, design(is)).differs).toBe(differs);
  });

  test("of no runs is nothing", () => {
    expect(tell(shareOf(0, 0, design(3)))).toBe("- / 3");
  });
});

describe("a middle value", () => {
  const values = Array.from({ length: 101 }, (_, place) => place);

  test("lies between the order statistics that hold the true one", () => {
    expect(middleOf(values, "h")).toMatchObject({ ours: 50, low: 40, high: 61 });
    expect(middleOf([7], "h")).toMatchObject({ ours: 7, low: 7, high: 7 });
    expect(middleOf([], "h", design(3))).toMatchObject({ ours: null, design: 3, differs: false });
  });

  test("is none where most never came, and open to the top where nearly half did not", () => {
    const never = Number.POSITIVE_INFINITY;
    expect(tell(middleOf([1, 2, never, never, never], "h", design(3)))).toBe("- / 3");
    expect(tell(middleOf([1, 2, 3, never, never], "h"))).toBe("3 h (1–)");
  });

  test.each([
    [55, false],
    [90, true],
    [10, true],
  ])("beside %d of the design: differs %s", (is, differs) => {
    expect(middleOf(values, "h", design(is)).differs).toBe(differs);
  });
});

test("a cell tells ours, what chance allows and the design's, and marks what chance does not", () => {
  expect(tell(shareOf(13, 200, design(6)))).toBe("6.5 % (3.8–10.8) / 6");
  expect(tell(shareOf(60, 300, design(48)))).toBe("≠ 20.0 % (15.9–24.9) / 48");
  expect(tell(middleOf([7, 7, 7], "h", design([5, 9])))).toBe("7 h / 5–9");
  expect(tell("500 users")).toBe("500 users");
});

test("what differs is named by its row and column", () => {
  const table = {
    title: "",
    runs: 300,
    head: ["users", "shipped"],
    rows: [
      ["500", shareOf(60, 300, design(48))],
      ["2000", shareOf(294, 300, design(98))],
    ],
  };
  expect(differences(table)).toEqual(["500, shipped: 20.0 % (15.9–24.9) / 48"]);
});
