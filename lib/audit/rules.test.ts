import { expect, test } from "vitest";
import { dueCheckpoint } from "./rules.ts";

const start = new Date("2026-03-13T12:00:00Z");
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);

const cases = [
  ["nothing was written", { size: 5, newest: { treeSize: 5, signedAt: start } }, 60, null],
  ["something was written a moment ago", { size: 6, newest: { treeSize: 5, signedAt: start } }, 4, null],
  [
    "something was written five minutes ago",
    { size: 6, newest: { treeSize: 5, signedAt: start } },
    5,
    "schedule",
  ],
  ["a thousand entries came", { size: 1005, newest: { treeSize: 5, signedAt: start } }, 0, "count"],
  ["one less than a thousand came", { size: 1004, newest: { treeSize: 5, signedAt: start } }, 0, null],
  ["the very first entry came", { size: 1, newest: null }, 0, "schedule"],
  ["the log has shrunk", { size: 4, newest: { treeSize: 5, signedAt: start } }, 0, "schedule"],
] as const;

test.each(cases)("when %s, a checkpoint is due only where it should be", (_, state, after, cause) => {
  expect(dueCheckpoint({ ...state, wanted: null }, minutes(after))).toBe(cause);
});

test("a checkpoint that is wanted is signed at once, unless there is nothing new in it", () => {
  const newest = { treeSize: 5, signedAt: start };
  expect(dueCheckpoint({ size: 6, newest, wanted: "demand" }, start)).toBe("demand");
  expect(dueCheckpoint({ size: 5, newest, wanted: "shutdown" }, minutes(9))).toBeNull();
});
