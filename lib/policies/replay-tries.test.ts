import { expect, test } from "vitest";
import { replayAfterLastAttempt, replayAfterNotMatched, replayAttempts } from "./replay-tries.ts";
import { dayOf, login } from "./testing/make-day.ts";

const exact = (count: number) => ({ kind: "exact", count });
const between = (low: number, high: number) => ({ kind: "between", low, high });
const usedUp = (before: number, after: unknown) => ({ figure: "usedUp", before, after });
const matchedLater = (count: number) => ({ figure: "matchedLater", before: null, after: exact(count) });
const notMade = (count: number) => ({ figure: "triesNotMade", before: null, after: exact(count) });

// Three tries were allowed: one login matched at once, one on the third, two used up all, one gave up after two, and one
// was sent to the password by the API.
const DAY = dayOf([
  login({ tries: "m" }),
  login({ tries: "xxm" }),
  login({ tries: "xxX" }),
  login({ tries: "rrR" }),
  login({ tries: "xx" }),
  login({ tries: "xE" }),
]);

test.each([
  { allowed: 3, facts: [usedUp(2, exact(2)), matchedLater(0), notMade(0)] },
  { allowed: 2, facts: [usedUp(2, exact(4)), matchedLater(1), notMade(3)] },
  { allowed: 1, facts: [usedUp(2, exact(5)), matchedLater(1), notMade(8)] },
  { allowed: 4, facts: [usedUp(2, between(0, 2))] },
])(
  "with $allowed tries, what would fall away is exact and a further try stays open",
  ({ allowed, facts }) => {
    expect(replayAttempts(DAY, allowed)).toEqual(facts);
  },
);

test("a login that ended at its first miss by the rules did not use up its tries", () => {
  const day = dayOf([login({ tries: "X" })], { afterNotMatched: "use_legacy" });
  expect(replayAttempts(day, 3)[0]).toEqual(usedUp(0, exact(0)));
});

test.each([
  {
    answer: "use_legacy",
    facts: [{ figure: "toPassword", before: 0, after: exact(4) }, matchedLater(1), notMade(4)],
  },
  {
    answer: "reject",
    facts: [
      { figure: "rejected", before: 0, after: exact(4) },
      matchedLater(1),
      notMade(4),
      { figure: "thenPassword", before: null, after: exact(0) },
    ],
  },
  { answer: "retry", facts: [matchedLater(0)] },
] as const)("after a miss $answer: the tries after the first miss fall away", ({ answer, facts }) => {
  const day = dayOf([
    login({ tries: "xxm" }),
    login({ tries: "rxX" }),
    login({ tries: "xE" }),
    login({ tries: "x" }),
    login({ tries: "m" }),
    login({ tries: "rrR" }),
  ]);
  // Of xxm two fall away, of rxX and xE one each, of x none.
  expect(replayAfterNotMatched(day, answer)).toEqual(facts);
});

test("how another try would have ended is not told where the rules gave none", () => {
  const day = dayOf([login({ tries: "X" }), login({ tries: "X" })], { afterNotMatched: "use_legacy" });
  expect(replayAfterNotMatched(day, "retry")).toEqual([
    { figure: "matchedLater", before: null, after: { kind: "unknown", why: "further_try", of: 2 } },
  ]);
});

test("refusing entry after the last try would have shut out who then got in with the password", () => {
  const day = dayOf([
    login({ tries: "xxX", more: { ended: "fell_back" } }),
    login({ tries: "xxX", more: { ended: "fell_back_failed" } }),
    login({ tries: "rrR", more: { ended: "fell_back" } }),
    login({ tries: "xxm" }),
  ]);
  expect(replayAfterLastAttempt(day, "reject")).toEqual([
    { figure: "rejected", before: 0, after: exact(2) },
    { figure: "thenPassword", before: null, after: exact(1) },
  ]);
  expect(replayAfterLastAttempt(day, "use_legacy")).toEqual([
    { figure: "rejected", before: 0, after: exact(0) },
  ]);
});
