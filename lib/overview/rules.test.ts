import { expect, test } from "vitest";
import { sampleCell, sampleFallback, sampleKeptApart } from "#lib/fallback/testing/sample-cells.ts";
import type { LoginCell } from "#lib/fallback/types.ts";
import { shareOf } from "#lib/rates/rules.ts";
import { bucketOf } from "#lib/recording/rules.ts";
import { figuresOf, stageCardOf, verdictOf } from "./rules.ts";
import type { FiguresData, StageData } from "./types.ts";

const NOW = new Date("2026-03-13T12:40:00.000Z");
const PRESENT_HOUR = new Date("2026-03-13T12:00:00.000Z").getTime();
const TODAY = new Date("2026-03-13T03:00:00.000Z").getTime();
const HOUR_MS = 3_600_000;
/** The first of the last 24 hours, and the last before them. */
const [FIRST, LAST, BEFORE] = [24, 47, 23];
/** The present day. */
const LAST_DAY = 89;

const steps = (unit: "hour" | "day", count: number) => {
  const [present, ms] = unit === "hour" ? [PRESENT_HOUR, HOUR_MS] : [TODAY, 24 * HOUR_MS];
  const starts = Array.from({ length: count }, (_, place) => new Date(present - (count - 1 - place) * ms));
  return { unit, starts, now: NOW };
};
const exposure = {
  exposurePercent: 100,
  version: 1,
  circuitHeldUntil: null as Date | null,
  halted: false,
  confirmedGateways: 1,
  runningGateways: 1,
};

const dataOf = (hours: LoginCell[], more: Partial<StageData> = {}): StageData => ({
  hours: { steps: steps("hour", 48), logins: hours, calls: [], latencies: [] },
  days: { steps: steps("day", 90), logins: [], calls: [], latencies: [] },
  lastHour: { calls: 0, errors: 0 },
  openLogins: 0,
  people: { lately: 30, inAll: 30 },
  exposure,
  exposureChangedAt: null,
  ...more,
});
const withDays = (logins: LoginCell[], more: Partial<StageData> = {}) =>
  dataOf([], { days: { steps: steps("day", 90), logins, calls: [], latencies: [] }, ...more });

test("the last 24 hours are told apart from the 24 before", () => {
  const data = dataOf([
    sampleCell(BEFORE, 80),
    sampleFallback(BEFORE, 20),
    sampleCell(FIRST, 80),
    sampleFallback(FIRST, 7),
    sampleCell(LAST, 2, { outcome: "fell_back_failed", fallbackReason: "api_trouble" }),
    sampleCell(LAST, 1, { outcome: "legacy_unreported", fallbackReason: "api_trouble" }),
    sampleCell(LAST, 10, { outcome: "abandoned" }),
    sampleKeptApart(FIRST, 500),
    sampleKeptApart(LAST, 9, { pathReason: "not_enrolled" }),
  ]);
  expect(figuresOf(data, "full")).toMatchObject({
    since: new Date(PRESENT_HOUR - 23 * HOUR_MS),
    offered: 100,
    routed: 509,
    split: { completed: 80, fellBack: 10, lost: 10 },
    fallback: { count: 10, of: 100, rate: { share: 0.1 } },
    // In, one way or the other: 80 with biometrics and 7 the old way after it.
    completed: { count: 87, of: 100 },
    topReason: { reason: "capture_quality", count: 7 },
    before: { fallback: { count: 20, of: 100 }, completed: { count: 100, of: 100 } },
  });
});

test("below 30 people there are counts and no rates", () => {
  const cells = [sampleCell(FIRST, 400)];
  const few = figuresOf(dataOf(cells, { people: { lately: 29, inAll: 90 } }), "full");
  expect(few.completed).toEqual({ count: 400, of: 400, rate: null });
  expect(few.verdict).toBe("counts");
  expect(figuresOf(dataOf(cells), "full").completed?.rate).not.toBeNull();
});

test("without a login there is no rate of anything", () => {
  const figures = figuresOf(dataOf([sampleKeptApart(FIRST, 3)]), "full");
  expect(figures).toMatchObject({
    verdict: "none",
    offered: 0,
    routed: 3,
    fallback: { count: 0, of: 0, rate: null },
    latencyMsP95: null,
    topReason: null,
  });
});

test("a viewer is told no split with a cell from 1 to 4, so that none can be worked out", () => {
  const small = [sampleCell(FIRST, 96), sampleFallback(FIRST, 4)];
  const large = [sampleCell(FIRST, 95), sampleFallback(FIRST, 5, "api_trouble")];
  const hidden = { offered: 100, split: null, completed: null, fallback: null, topReason: null, hours: null };
  expect(figuresOf(dataOf(small), "small_hidden")).toMatchObject({ ...hidden, verdict: "hidden" });
  expect(figuresOf(dataOf(large), "small_hidden")).toMatchObject({
    split: { completed: 95, fellBack: 5, lost: 0 },
    topReason: { count: 5 },
  });
  expect(figuresOf(dataOf(small), "full").split).toEqual({ completed: 96, fellBack: 4, lost: 0 });
});

test("a viewer is told no hour where one hour has a small cell: the others and the whole would give it away", () => {
  const cells = [sampleFallback(FIRST, 3), sampleFallback(FIRST + 2, 5), sampleCell(FIRST, 50)];
  const figures = figuresOf(dataOf(cells), "small_hidden");
  expect(figures.split).toEqual({ completed: 50, fellBack: 8, lost: 0 });
  expect(figures.hours).toBeNull();
  expect(figuresOf(dataOf(cells), "full").hours).toHaveLength(24);
});

test("a viewer is told no small count of any other kind", () => {
  const cells = [
    sampleCell(FIRST, 50),
    sampleFallback(FIRST, 4, "api_trouble"),
    sampleFallback(FIRST, 4),
    sampleKeptApart(FIRST, 3),
  ];
  const data = dataOf(cells, { openLogins: 1 });
  data.hours.calls.push({ step: FIRST, calls: 60, errors: 2 });
  expect(figuresOf(data, "small_hidden")).toMatchObject({
    routed: null,
    openLogins: null,
    topReason: null,
    apiErrors: null,
  });
});

test("every hour is there, also the empty ones, and each login in its own", () => {
  const cells = [sampleCell(FIRST, 2), sampleFallback(LAST, 1), sampleKeptApart(FIRST, 8)];
  const hours = figuresOf(dataOf(cells), "full").hours ?? [];
  expect(hours).toHaveLength(24);
  expect(hours[0]).toEqual({
    hour: new Date(PRESENT_HOUR - 23 * HOUR_MS),
    split: { completed: 2, fellBack: 0, lost: 0 },
  });
  expect(hours[23]?.split).toEqual({ completed: 0, fellBack: 1, lost: 0 });
  expect(hours.slice(1, 23).every(({ split }) => split.completed + split.fellBack === 0)).toBe(true);
});

test.each([
  { calls: 4, errors: 4, trouble: false },
  { calls: 5, errors: 1, trouble: true },
  { calls: 100, errors: 19, trouble: false },
  { calls: 100, errors: 20, trouble: true },
])("$errors errors in $calls calls of the last hour: trouble is $trouble", ({ trouble, ...lastHour }) => {
  const figures = figuresOf(dataOf([sampleCell(LAST, 50)], { lastHour }), "full");
  expect(figures.apiTrouble).toBe(trouble);
  expect(figures.verdict === "trouble").toBe(trouble);
  expect(figures.apiCalledLately).toBe(true);
});

test("the 95th percentile is of the last 24 hours alone", () => {
  const data = dataOf([]);
  data.hours.latencies.push(
    { step: BEFORE, bucket: bucketOf(2000), count: 50 },
    { step: LAST, bucket: bucketOf(100), count: 50 },
  );
  const { latencyMsP95, before } = figuresOf(data, "full");
  expect(latencyMsP95).toBeLessThan(120);
  expect(before.latencyMsP95).toBeGreaterThan(1600);
});

const share = (count: number) => shareOf(count, 1000, 100);
const healthy = {
  offered: 1000,
  split: { completed: 930, fellBack: 60, lost: 10 },
  completed: share(985),
  fallback: share(60),
  before: { completed: share(985), fallback: share(60), apiErrors: null, latencyMsP95: null },
  openLogins: 0,
  apiTrouble: false,
};
type Changes = Partial<typeof healthy> & { exposure?: FiguresData["exposure"] };

test.each<{ name: string; verdict: string; changes: Changes }>([
  { name: "nothing speaks against it", verdict: "healthy", changes: {} },
  {
    name: "a halt comes before everything",
    verdict: "halted",
    changes: { apiTrouble: true, exposure: { ...exposure, halted: true } },
  },
  {
    name: "a circuit held open comes before the trouble it is held for",
    verdict: "circuitHeld",
    changes: { apiTrouble: true, exposure: { ...exposure, circuitHeldUntil: new Date() } },
  },
  { name: "trouble at the API", verdict: "trouble", changes: { apiTrouble: true, fallback: share(200) } },
  { name: "a rise whose intervals part", verdict: "fallbackRose", changes: { fallback: share(110) } },
  { name: "a rise that chance explains", verdict: "healthy", changes: { fallback: share(70) } },
  { name: "a fall of fallback", verdict: "healthy", changes: { fallback: share(10) } },
  {
    name: "fewer get in, which weighs more than more fallback",
    verdict: "fewerCompleted",
    changes: { completed: share(940), fallback: share(110) },
  },
  { name: "nobody was offered it", verdict: "none", changes: { offered: 0 } },
  { name: "the first login is not over", verdict: "underWay", changes: { offered: 0, openLogins: 2 } },
  { name: "no exposure could be read", verdict: "healthy", changes: { exposure: undefined } },
])("the heading says what is wrong, and well only where nothing is: $name", ({ verdict, changes }) => {
  const { exposure: inForce = exposure, ...rest } = changes;
  expect(verdictOf({ ...healthy, ...rest }, inForce)).toBe(verdict);
});

const at = (step: number, exposurePercent: number) => sampleCell(step, 40, { exposurePercent });

test("the present stage is told since the day its exposure was first met, those before it with their ends", () => {
  const card = stageCardOf(withDays([at(80, 25), at(LAST_DAY - 2, 100), at(LAST_DAY, 100)]), "full");
  const dayAt = (place: number) => new Date(TODAY - (LAST_DAY - place) * 24 * HOUR_MS);
  expect(card).toMatchObject({
    past: [{ exposurePercent: 25, from: dayAt(80), to: dayAt(LAST_DAY - 2) }],
    since: dayAt(LAST_DAY - 2),
    comparedSince: dayAt(LAST_DAY - 2),
    arms: { biometric: { logins: 80 } },
  });
});

test("a stage no login has met yet is told since our intent changed, and compares nothing", () => {
  const exposureChangedAt = new Date("2026-03-13T12:30:00Z");
  const card = stageCardOf(withDays([at(LAST_DAY, 25)], { exposureChangedAt }), "full");
  expect(card).toMatchObject({
    past: [{ exposurePercent: 25, to: exposureChangedAt }],
    since: exposureChangedAt,
    comparedSince: null,
    arms: { biometric: { logins: 0 } },
  });
});

test("a stage older than the history looked at has no beginning, and is compared over its last 30 days", () => {
  const card = stageCardOf(withDays([at(0, 100), at(LAST_DAY, 100)]), "full");
  expect(card.since).toBeNull();
  expect(card.comparedSince).toEqual(new Date(TODAY - 29 * 24 * HOUR_MS));
  expect(card.arms.biometric.logins).toBe(40);
});

test("logins that met the stage before on the day this one began are not counted to it", () => {
  const cells = [at(LAST_DAY, 100), sampleKeptApart(LAST_DAY, 30, { exposurePercent: 25 })];
  expect(stageCardOf(withDays(cells), "full").arms.legacy).toBeNull();
});
