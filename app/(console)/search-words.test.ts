import { expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
import { cursorOf, day, time } from "./search-words.ts";

const id = newId();

test.each([
  "-271821-04-20T00:00:00Z",
  "+275760-09-13T00:00:00Z",
  "0000-01-01",
  "9999-12-31",
  "yesterday",
  "",
])("%s, which PostgreSQL might not read, is no time and no day", (text) => {
  expect(time.parse(text)).toBeNull();
  expect(day.parse(text)).toBeNull();
});

test("a place in a list beyond every time that can be asked for is none", () => {
  expect(cursorOf(`999999999999999_${id}`, "after")).toBeNull();
  const at = new Date("2026-03-13T12:00:00Z");
  expect(cursorOf(`${at.getTime()}_${id}`, "after")).toEqual({ at, id, direction: "after" });
});

test("times and days of the calendar are read as they are", () => {
  expect(time.parse("2026-03-13T12:00:00.000Z")).toEqual(new Date("2026-03-13T12:00:00Z"));
  expect(day.parse("2026-03-13")).toBe("2026-03-13");
  expect(day.parse("2026-02-31")).toBeNull();
});
