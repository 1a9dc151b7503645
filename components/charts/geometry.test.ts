import { expect, test } from "vitest";
import {
  axisEnd,
  axisTicks,
  bandPath,
  depthOf,
  HEIGHT,
  linePath,
  middleOf,
  namedSteps,
  roomAfter,
  runsOf,
  sparkPoints,
  spread,
  stepAt,
  WIDTH,
} from "./geometry.ts";

test.each([
  { most: 0, end: 1, ticks: [0, 0.25, 0.5, 0.75, 1] },
  { most: 0.073, end: 0.08, ticks: [0, 0.02, 0.04, 0.06, 0.08] },
  { most: 0.0801, end: 0.1, ticks: [0, 0.025, 0.05, 0.075, 0.1] },
  { most: 0.115, end: 0.12, ticks: [0, 0.04, 0.08, 0.12] },
  { most: 0.3, end: 0.3, ticks: [0, 0.1, 0.2, 0.3] },
  { most: 0.1 + 0.2, end: 0.3, ticks: [0, 0.1, 0.2, 0.3] },
  { most: 412, end: 600, ticks: [0, 200, 400, 600] },
  { most: 1, end: 1, ticks: [0, 0.25, 0.5, 0.75, 1] },
])("an axis for values up to $most ends at $end and is ruled at $ticks", ({ most, end, ticks }) => {
  expect(axisEnd(most)).toBe(end);
  expect(axisTicks(end)).toEqual(ticks);
});

test("a chart begins at 0 at the bottom and no value leaves it at the top", () => {
  expect(depthOf(0, 12)).toBe(HEIGHT);
  expect(depthOf(6, 12)).toBe(HEIGHT / 2);
  expect(depthOf(13, 12)).toBe(0);
  expect([middleOf(0, 4), middleOf(3, 4)]).toEqual([WIDTH / 8, WIDTH - WIDTH / 8]);
});

test.each([
  { name: "one line", known: [true, true, true], breaks: [], runs: [[0, 1, 2]] },
  { name: "a gap parts it", known: [true, false, true], breaks: [], runs: [[0], [2]] },
  { name: "a stage parts it", known: [true, true, true], breaks: [2], runs: [[0, 1], [2]] },
  { name: "the first stage parts nothing", known: [true, true], breaks: [0], runs: [[0, 1]] },
  {
    name: "a stage within a step parts after it",
    known: [true, true, true],
    breaks: [0.4],
    runs: [[0], [1, 2]],
  },
  { name: "a stage at a gap", known: [true, false, true], breaks: [1], runs: [[0], [2]] },
  { name: "nothing known", known: [false, false], breaks: [1], runs: [] },
])("the line is drawn in runs: $name", ({ known, breaks, runs }) => {
  expect(runsOf(known, breaks)).toEqual(runs);
});

test("a line joins its points, one alone is a dot, and a band closes over both lines", () => {
  const [a, b] = [
    { x: 0, y: 10 },
    { x: 50, y: 20.04 },
  ];
  expect(linePath([a, b])).toBe("M0 10L50 20");
  expect(linePath([a])).toBe("M0 10h0");
  expect(
    bandPath(
      [a, b],
      [
        { x: 0, y: 30 },
        { x: 50, y: 40 },
      ],
    ),
  ).toBe("M0 10L50 20L50 40L0 30Z");
});

test.each([
  { steps: 7, most: 7, named: [0, 1, 2, 3, 4, 5, 6] },
  { steps: 30, most: 6, named: [4, 9, 14, 19, 24, 29] },
  { steps: 24, most: 6, named: [3, 7, 11, 15, 19, 23] },
  { steps: 1, most: 6, named: [0] },
])("of $steps steps at most $most are named, the last among them", ({ steps, most, named }) => {
  expect(namedSteps(steps, most)).toEqual(named);
});

test.each([
  { share: 0, step: 0 },
  { share: 0.49, step: 4 },
  { share: 1, step: 9 },
  { share: -0.2, step: 0 },
  { share: 1.3, step: 9 },
])("a pointer at $share of ten steps is over step $step", ({ share, step }) => {
  expect(stepAt(share, 10)).toBe(step);
});

test("a mark's name has room up to the next mark, the last one up to the edge", () => {
  const places = [0, 3, 9];
  expect(places.map((place) => roomAfter(place, places, 10))).toEqual([0.3, 0.6, 0.1]);
});

test.each([
  { name: "far apart they stay", depths: [20, 90], spreadOut: [20, 90] },
  { name: "close ones part downwards", depths: [50, 52], spreadOut: [50, 68] },
  { name: "at the bottom they part upwards", depths: [HEIGHT, HEIGHT], spreadOut: [HEIGHT - 27, HEIGHT - 9] },
  { name: "their order stays", depths: [60, 50], spreadOut: [68, 50] },
])("texts at the right edge never cover each other: $name", ({ depths, spreadOut }) => {
  expect(spread(depths)).toEqual(spreadOut);
});

test.each([
  { name: "it spans its values", values: [1, 3, 2], depths: [23, 3, 13] },
  { name: "what is not known is left out", values: [1, null, 3], depths: [23, 3] },
  { name: "noise stays small", values: [100, 99], depths: [3, 7] },
  { name: "all alike is flat", values: [5, 5], depths: [3, 3] },
  { name: "nothing at all is flat", values: [0, 0], depths: [3, 3] },
])("a small line shows which way a figure went: $name", ({ values, depths }) => {
  expect(sparkPoints(values, 72, 26).map(({ y }) => y)).toEqual(depths);
});
