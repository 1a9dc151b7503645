import { expect, test } from "vitest";
import {
  chosenIn,
  daysProblem,
  historyLoss,
  inactiveBefore,
  keptUntil,
  monthsPast,
  obeyedFrom,
  obeyedValues,
  peopleLoss,
  personKeptUntil,
  rowLoss,
  shortenedBy,
} from "./rules.ts";
import { DEFAULT_RETENTION_VALUES, retentionValuesSchema } from "./schema.ts";

const NOW = new Date("2026-03-13T12:00:00.000Z");
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const wanted = (version: number, hours: number, historyDays: number) => ({
  version,
  values: { ...DEFAULT_RETENTION_VALUES, historyDays },
  changedAt: hoursAgo(hours),
});

test.each([
  ["a shorter time is not obeyed within a day", [wanted(2, 23.9, 90), wanted(1, 900, 400)], 400],
  ["and is obeyed from the day on", [wanted(2, 24, 90), wanted(1, 900, 400)], 90],
  ["a longer time is obeyed at once", [wanted(2, 0, 500), wanted(1, 900, 400)], 500],
  [
    "putting the old time back within a day keeps everything",
    [wanted(3, 0.1, 400), wanted(2, 23, 90), wanted(1, 900, 400)],
    400,
  ],
  [
    "a day after the last step down counts the last step only",
    [wanted(3, 1, 60), wanted(2, 30, 90), wanted(1, 900, 400)],
    90,
  ],
  ["what was wanted long ago counts no more", [wanted(2, 48, 90), wanted(1, 72, 3000)], 90],
])("%s", (_, versions, historyDays) => {
  expect(obeyedValues(versions, NOW).historyDays).toBe(historyDays);
});

test("a shorter time is obeyed a day after it was chosen, to the hour", () => {
  expect(obeyedFrom(NOW)).toEqual(new Date("2026-03-14T12:00:00.000Z"));
});

test("only what is kept for a shorter time is named as shortened", () => {
  const after = { historyDays: 90, rollupDays: 3000, deliveryDays: 90, inactivePersonDays: null };
  expect(shortenedBy(DEFAULT_RETENTION_VALUES, after)).toEqual(["historyDays"]);
});

test.each([
  ["2026-01-01T00:00:00.000Z", 30, "2026-03-03T00:00:00.000Z"],
  ["2026-01-31T23:59:59.999Z", 30, "2026-03-03T00:00:00.000Z"],
  ["2026-02-01T00:00:00.000Z", 30, "2026-03-31T00:00:00.000Z"],
  ["2025-12-15T12:00:00.000Z", 400, "2027-02-05T00:00:00.000Z"],
])("what was opened at %s and is kept %i days goes at %s", (at, historyDays, until) => {
  expect(keptUntil(new Date(at), { historyDays })).toEqual(new Date(until));
});

test("a month is past only when its last day is", () => {
  const months = ["2025-12", "2026-01", "2026-02", "2026-03"].map((month) => ({ month, rows: null }));
  const past = (now: string) => monthsPast(months, 30, new Date(now)).map(({ month }) => month);
  expect(past("2026-03-02T23:59:59.999Z")).toEqual(["2025-12"]);
  expect(past("2026-03-03T00:00:00.000Z")).toEqual(["2025-12", "2026-01"]);
});

test.each([
  ["fewer days than the bound", { historyDays: 29 }],
  ["more days than the bound", { historyDays: 3651, rollupDays: 3650 }],
  ["counts kept for less than the history they count", { historyDays: 500, rollupDays: 499 }],
  ["half a day", { deliveryDays: 30.5 }],
])("%s is refused", (_, values) => {
  expect(retentionValuesSchema.safeParse(values).success).toBe(false);
});

test("what a shorter time deletes is told in whole months with the rows known of them", () => {
  const months = [
    { month: "2025-12", rows: 70 },
    { month: "2026-01", rows: null },
    { month: "2026-02", rows: 900 },
  ];
  expect(historyLoss(months, 30, NOW)).toEqual({ before: new Date("2026-02-01T00:00:00.000Z"), rows: 70 });
  expect(historyLoss(months, 400, NOW)).toBeNull();
});

test("of rows that go one by one the part past the time is told", () => {
  const holding = { oldestAt: hoursAgo(100 * 24), rows: 1000 };
  expect(rowLoss(holding, 90, NOW)).toEqual({ before: hoursAgo(90 * 24), rows: 100 });
  expect(rowLoss(holding, 100, NOW)).toBeNull();
  expect(rowLoss({ oldestAt: null, rows: 0 }, 7, NOW)).toBeNull();
});

test.each([
  ["historyDays", "400", null, null],
  ["historyDays", " 90 ", null, null],
  ["historyDays", "", null, "not_whole"],
  ["historyDays", "30.5", null, "not_whole"],
  ["historyDays", "29", null, "out_of_range"],
  ["historyDays", "3651", null, "out_of_range"],
  ["rollupDays", "399", 400, "shorter_than_history"],
  ["rollupDays", "400", 400, null],
  ["deliveryDays", "7", 400, null],
] as const)("%s typed as %j is %j", (field, typed, historyDays, problem) => {
  expect(daysProblem(field, typed, historyDays)).toBe(problem);
});

const idle = (version: number, hours: number, inactivePersonDays: number | null) => ({
  version,
  values: { ...DEFAULT_RETENTION_VALUES, inactivePersonDays },
  changedAt: hoursAgo(hours),
});

test("nobody is let go of for being inactive unless somebody chose it, and then a day later", () => {
  expect(obeyedValues([], NOW)).toMatchObject({ inactivePersonDays: null });
  expect(obeyedValues([idle(1, 23, 90), idle(0, 900, null)], NOW).inactivePersonDays).toBeNull();
  expect(obeyedValues([idle(1, 24, 90), idle(0, 900, null)], NOW).inactivePersonDays).toBe(90);
  expect(obeyedValues([idle(2, 0, null), idle(1, 900, 90)], NOW).inactivePersonDays).toBeNull();
  expect(shortenedBy(idle(0, 0, null).values, idle(1, 0, 90).values)).toEqual(["inactivePersonDays"]);
  expect(shortenedBy(idle(0, 0, 90).values, idle(1, 0, null).values)).toEqual([]);
});

test.each([
  ["America/Sao_Paulo", "2025-03-13T02:59:59.999Z", "2026-03-12", "2026-03-13T02:59:59.999Z", false],
  ["America/Sao_Paulo", "2025-03-13T02:59:59.999Z", "2026-03-12", "2026-03-13T03:00:00.000Z", true],
  ["Asia/Kathmandu", "2025-03-12T18:14:59.999Z", "2026-03-12", "2026-03-12T18:14:59.999Z", false],
  ["Asia/Kathmandu", "2025-03-12T18:14:59.999Z", "2026-03-12", "2026-03-12T18:15:00.000Z", true],
  // The day of the change of clocks has 23 hours; it is a day all the same.
  ["Europe/Lisbon", "2024-03-30T23:59:59.000Z", "2025-03-30", "2025-03-30T22:59:59.999Z", false],
  ["Europe/Lisbon", "2024-03-30T23:59:59.000Z", "2025-03-30", "2025-03-30T23:00:00.000Z", true],
])(
  "in %s who was last active at %s is kept through %s: past it at %s is %s",
  (zone, last, until, now, isPast) => {
    expect(personKeptUntil(new Date(last), 365, zone)).toBe(until);
    expect(new Date(last) < inactiveBefore(365, new Date(now), zone)).toBe(isPast);
  },
);

test("a time reaches those who will have been inactive for longer once it is obeyed", () => {
  const days = [
    { idleDays: 200, people: 3 },
    { idleDays: 90, people: 4 },
    { idleDays: 89, people: 5 },
  ];
  const counted = { days, isEstimate: false };
  expect(peopleLoss(counted, 90, NOW)?.rows).toBe(7);
  expect(peopleLoss(counted, 300, NOW)).toBeNull();
  expect(peopleLoss(counted, null, NOW)).toBeNull();
});

test("people who were estimated are told to two digits", () => {
  const days = [{ idleDays: 200, people: 123_456 }];
  expect(peopleLoss({ days, isEstimate: true }, 90, NOW)?.rows).toBe(120_000);
});

test("the rule is of who chose it, also where others changed other times since", () => {
  const versions = [idle(5, 1, 90), idle(4, 2, 90), idle(3, 3, 365), idle(2, 4, 90), idle(1, 5, null)];
  expect(chosenIn(versions, "inactivePersonDays", 90)?.version).toBe(4);
  expect(chosenIn(versions, "inactivePersonDays", 365)?.version).toBe(3);
  expect(chosenIn(versions, "inactivePersonDays", 30)).toBeNull();
});

test("the days of inactivity may be left empty, which is never; no other field may", () => {
  expect(daysProblem("inactivePersonDays", " ", 400)).toBeNull();
  expect(daysProblem("inactivePersonDays", "29", 400)).toBe("out_of_range");
  expect(daysProblem("historyDays", "", null)).toBe("not_whole");
});
