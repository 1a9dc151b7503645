import { expect, test } from "vitest";
import { beyondTime, clipped, joined, restOf } from "./rules.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 2, 13, 12, minute));
const stretch = (from: number, to: number) => ({ from: at(from), to: at(to) });

test("stretches that touch or overlap are read once, whichever way they are sorted", () => {
  const found = [stretch(9, 10), stretch(8, 9), stretch(3, 5), stretch(4, 6), stretch(4, 5)];
  const whole = [stretch(3, 6), stretch(8, 10)];
  expect(joined(found)).toEqual(whole);
  expect(joined(found.toReversed())).toEqual(whole);
  expect(joined([])).toEqual([]);
});

test("a place in the list keeps its own moment on both ways, for others may share it", () => {
  const limits = stretch(0, 30);
  expect(beyondTime(limits, { at: at(10) }, true)).toEqual({
    from: at(0),
    to: new Date(at(10).getTime() + 1),
  });
  expect(beyondTime(limits, { at: at(10) }, false)).toEqual({ from: at(10), to: at(30) });
  expect(beyondTime(limits, { at: at(50) }, true)).toEqual(limits);
});

test("the search goes on beyond the last stretch, and ends with the last", () => {
  const limits = stretch(0, 30);
  expect(restOf(limits, [stretch(20, 21), stretch(10, 11)], true)).toEqual(stretch(0, 10));
  expect(restOf(limits, [stretch(10, 11), stretch(20, 21)], false)).toEqual(stretch(21, 30));
  expect(restOf(limits, [], true)).toBeNull();
});

test("of stretches that reach beyond the time only what lies within it is read", () => {
  const found = [stretch(0, 2), stretch(4, 6), stretch(9, 12), stretch(20, 21)];
  expect(clipped(found, stretch(1, 10))).toEqual([stretch(1, 2), stretch(4, 6), stretch(9, 10)]);
  expect(clipped(found, stretch(12, 12))).toEqual([]);
});
