import { expect, test } from "vitest";
import { CannotSeed, readArguments } from "./arguments.ts";

const now = new Date("2026-03-13T12:00:00Z");

test("without arguments 2000 people and 60 days are made, up to now", () => {
  expect(readArguments([], now)).toEqual({
    people: 2000,
    days: 60,
    seed: 1,
    until: now,
    "beside-real-data": false,
    remove: false,
  });
});

test("everything that may be chosen is taken as written", () => {
  const args = "--people 40 --days 3 --seed 9 --until 2026-03-01T00:00:00Z --beside-real-data".split(" ");
  expect(readArguments(args, now)).toMatchObject({
    people: 40,
    days: 3,
    seed: 9,
    until: new Date("2026-03-01T00:00:00Z"),
    "beside-real-data": true,
  });
});

test.each([
  ["--people 5", "--people is too small. Write a number of people from 10 to 200000."],
  ["--people many", "--people is no number. Write a number of people from 10 to 200000."],
  ["--days 1.5", "--days is no whole number. Write a number of days from 1 to 390."],
  ["--until tomorrow", "--until is no moment."],
  ["--until 2026-03-14T00:00:00Z", "--until lies in the future."],
  ["--poeple 5", "Unknown option '--poeple'"],
])("%s is refused with what to write instead", (written, said) => {
  expect(() => readArguments(written.split(" "), now)).toThrow(CannotSeed);
  expect(() => readArguments(written.split(" "), now)).toThrow(said);
});

test("every bad argument is named at once", () => {
  expect(() => readArguments(["--people", "1", "--days", "0"], now)).toThrow(/--people.*\n.*--days/);
});
