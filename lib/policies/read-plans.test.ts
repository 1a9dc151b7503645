import { afterAll, beforeAll, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { hasSpilled, plansOf, rowsReadOf, tablesRead, tablesScanned } from "#db/testing/plans.ts";
import { sampleHistory } from "#lib/recording/testing/sample-history.ts";
import { measureDay } from "./measure-day.ts";

const NOW = new Date("2026-03-13T12:00:00Z");
/** Logins of a day, each with a try and an end, of a person of its own; a fifth of the people fail whenever they try. */
const OF_A_DAY = 300;
const DAYS = 120;
const PEOPLE = 3_000;

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase(1);
  await sampleHistory(database.sql, { people: PEOPLE, logins: DAYS * OF_A_DAY, days: DAYS, now: NOW });
});
afterAll(() => database.drop());

const plans = () => plansOf(database.sql, (db) => measureDay(db, NOW));

it("the day is read by its range of time, and an end is not looked for by each try", async () => {
  const read = await plans();
  expect(tablesScanned(read)).toEqual([]);
  expect(hasSpilled(read)).toBe(false);
  const ofTries = read.slice(0, 1);
  expect(tablesRead(ofTries).sort()).toEqual(["login_outcomes_2026_03", "verifications_2026_03"]);
  expect(rowsReadOf(ofTries, /^(login_outcomes|verifications)_/)).toBeLessThanOrEqual(2 * OF_A_DAY + 2);
  for (const node of ofTries.flatMap(({ nodes }) => nodes))
    if (node["Relation Name"] !== undefined) expect(node["Actual Loops"]).toBeLessThanOrEqual(1);
});

it("what people did before the day is looked for in the newest months first", async () => {
  const before = (await plans()).filter(({ statement }) => statement.includes("unnest("));
  const [newest, older] = before.map((plan) => tablesRead([plan]).filter((table) => /_\d\d$/.test(table)));
  expect(newest?.sort()).toEqual(["verifications_2026_02", "verifications_2026_03"]);
  // Whoever always fails is looked for once more, until ten tries are found.
  expect(older?.length).toBeGreaterThan(2);
  expect(rowsReadOf(before, /^verifications_/)).toBeLessThanOrEqual(OF_A_DAY * (DAYS / 10) * 0.4);
});
