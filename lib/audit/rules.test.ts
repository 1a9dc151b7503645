import { expect, test } from "vitest";
import { countVerified, dueCheckpoint, isNightlyDue } from "./rules.ts";

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

const zone = "America/Sao_Paulo";
test.each([
  ["there was none", null, "2026-03-13T12:00:00Z", true],
  ["the last was before three o'clock of this day", "2026-03-13T05:59:00Z", "2026-03-13T06:00:00Z", true],
  ["the last was after three o'clock of this day", "2026-03-13T06:00:00Z", "2026-03-14T05:59:00Z", false],
  ["the machine slept through the night", "2026-03-10T06:00:00Z", "2026-03-13T18:00:00Z", true],
  ["the year turned", "2026-12-31T06:00:00Z", "2027-01-01T06:00:00Z", true],
] as const)("when %s, the nightly verification is due as it should be", (_, last, now, isDue) => {
  expect(isNightlyDue(last === null ? null : new Date(last), new Date(now), zone)).toBe(isDue);
});

test("an entry counts as verified unless something is wrong with the entry itself", () => {
  const finding = { sequence: 4, entryId: null, count: 2 } as const;
  expect(countVerified(10, [])).toBe(10);
  expect(countVerified(10, [{ ...finding, code: "entry_altered" }])).toBe(8);
  expect(countVerified(10, [{ ...finding, code: "checkpoint_missing" }])).toBe(10);
  expect(countVerified(10, [{ ...finding, code: "checkpoint_not_of_this_log" }])).toBe(4);
});
