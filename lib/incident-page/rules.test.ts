import { expect, test } from "vitest";
import { courseOf, windowOf } from "./rules.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 13, 12, 0, seconds));

test("the calls of an incident are those of its whole minutes and the one before it was seen", () => {
  const range = { from: new Date("2026-03-13T11:59:00Z"), to: new Date("2026-03-13T12:02:00Z") };
  expect(windowOf({ openedAt: at(20), closedAt: at(70) }, at(900))).toEqual(range);
  expect(windowOf({ openedAt: at(20), closedAt: null }, at(61))).toEqual(range);
});

test("its course is told in the order of time, with who was told, what was done, and what else was in trouble", () => {
  const incident = { openedAt: at(0), seenAt: at(60), closedAt: at(75) };
  const counts = { delivered: 1, waiting: 0, givenUp: 0 };
  const course = courseOf({
    incident,
    tellings: [
      { type: "incident.opened", at: at(0), ...counts },
      { type: "incident.closed", at: at(100), ...counts },
    ],
    uses: [
      { at: at(30), heldUntil: at(930), by: "Ana", reason: "Odd" },
      { at: at(50), heldUntil: null, by: "Ana", reason: "Well" },
    ],
    others: [{ id: "other", part: "unleash", openedAt: at(-5) }],
  });
  expect(course.map(({ kind }) => kind)).toEqual([
    ...["also", "opened", "told", "held", "given_back", "last_seen", "closed", "told"],
  ]);
});

test("one that was seen once and goes on has neither a last moment nor an end", () => {
  const incident = { openedAt: at(0), seenAt: at(0), closedAt: null };
  expect(courseOf({ incident, tellings: [], uses: [], others: [] })).toEqual([{ kind: "opened", at: at(0) }]);
});
