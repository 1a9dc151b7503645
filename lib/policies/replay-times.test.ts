import { expect, test } from "vitest";
import { replayOpenMinutes, replayTimeout } from "./replay-times.ts";
import { dayOf, login } from "./testing/make-day.ts";

const exact = (count: number) => ({ kind: "exact", count });
const between = (low: number, high: number) => ({ kind: "between", low, high });

// Three seconds were allowed, 100 ms of them for our own part.
const TIMES = dayOf([
  login({ tries: "m", more: { apiLatencyMs: 400 } }),
  login({ tries: "m", more: { apiLatencyMs: 1900 } }),
  login({ tries: "m", more: { apiLatencyMs: 1901 } }),
  login({ tries: "x", more: { apiLatencyMs: 2500 } }),
  login({ tries: "r", more: { apiLatencyMs: 2800 } }),
  login({ tries: "e", more: { apiLatencyMs: 2900 } }),
]);

test.each([
  { ms: 3000, cutOff: exact(1), late: 0 },
  { ms: 2000, cutOff: exact(3), late: 1 },
  { ms: 1999, cutOff: exact(4), late: 2 },
  { ms: 5000, cutOff: between(0, 1), late: 0 },
])("with $ms ms a shorter wait is exact and a longer one only bounded", ({ ms, cutOff, late }) => {
  expect(replayTimeout(TIMES, ms)).toEqual([
    { figure: "cutOff", before: 1, after: cutOff },
    { figure: "matchedTooLate", before: null, after: exact(late) },
  ]);
});

test("a call cut off under a longer wait stays cut off under one that is still shorter than it", () => {
  const day = dayOf([login({ tries: "e" })], { apiTimeoutMs: 8000 });
  expect(replayTimeout(day, 5000)[0]).toEqual({ figure: "cutOff", before: 1, after: exact(1) });
});

const ENDS = dayOf(
  [],
  {},
  {
    ends: [
      { minutes: 1, byUs: false, count: 90 },
      { minutes: 6, byUs: false, count: 4 },
      { minutes: 11, byUs: true, count: 7 },
    ],
  },
);

test.each([
  { minutes: 10, closed: exact(7), tooLate: 0 },
  { minutes: 5, closed: exact(11), tooLate: 4 },
  { minutes: 30, closed: between(0, 7), tooLate: 0 },
])(
  "with $minutes minutes to finish, who ended later would have been closed",
  ({ minutes, closed, tooLate }) => {
    expect(replayOpenMinutes(ENDS, minutes)).toEqual([
      { figure: "closedByUs", before: 7, after: closed },
      { figure: "endedTooLate", before: null, after: exact(tooLate) },
    ]);
  },
);
