import { describe, expect, test } from "vitest";
import { forecastLimit, forecastOdds } from "./forecast.ts";
import { addStrata, logSafety, startOdds } from "./odds.ts";
import { failuresNeeded } from "./rules.ts";
import { HARMFUL, HARMLESS, slices } from "./testing/sample-inputs.ts";
import type { Stratum } from "./types.ts";

const HOUR_MS = 3_600_000;
const nowMs = Date.parse("2026-03-12T09:00:00.000Z");
const inHours = (elapsedHours: number) => ({ elapsedHours, nowMs });

/** The forecast after so many hours of such strata. */
function forecast(strata: readonly Stratum[], margin: number | null = 1.5, elapsedHours = strata.length) {
  const evidence = addStrata(startOdds({ margin, interval: true }), strata);
  return forecastOdds(evidence, logSafety(evidence) ?? 0, inHours(elapsedHours));
}

test.each([
  [3, 4],
  [2, 12],
  [1.5, 39],
  [1.3, 98],
])("a margin of %d takes about %d failures", (margin, failures) => {
  expect(failuresNeeded(margin) / failures).toBeCloseTo(1, 1);
});

describe("nothing is forecast", () => {
  test.each<[string, Stratum[], number | null]>([
    ["without a margin", slices(5, HARMLESS), null],
    ["before anything was seen", [], 1.5],
    ["where nothing went badly", slices(5, { ...HARMLESS, treatedBad: 0, controlBad: 0 }), 1.5],
    ["where nobody was treated", slices(5, { ...HARMLESS, treated: 0, treatedBad: 0 }), 1.5],
    ["where nobody stayed", slices(5, { ...HARMLESS, control: 0, controlBad: 0 }), 1.5],
    ["where the odds seen are beyond the margin", slices(48, HARMFUL), 1.5],
  ])("%s", (_, strata, margin) => {
    expect(forecast(strata, margin)).toBeNull();
  });
});

describe("the forecast of a proof", () => {
  test("tells failures, logins, hours and the moment, by the traffic so far", () => {
    const told = forecast(slices(8, HARMLESS), 1.3);
    expect(told?.failures).toBeGreaterThan(0);
    const perHour = HARMLESS.treated + HARMLESS.control;
    expect(told?.hours).toBeCloseTo((told?.logins ?? 0) / perHour, 1);
    expect(told?.at).toBe(new Date(nowMs + (told?.hours ?? 0) * HOUR_MS).toISOString());
  });

  test("twice the traffic takes half the hours and as many logins", () => {
    const [slow, fast] = [forecast(slices(8, HARMLESS), 1.3, 16), forecast(slices(8, HARMLESS), 1.3, 8)];
    expect(fast?.logins).toBe(slow?.logins);
    expect((fast?.hours ?? 0) / (slow?.hours ?? 0)).toBeCloseTo(0.5, 2);
  });

  test("a tighter margin takes longer", () => {
    const [wide, tight] = [forecast(slices(4, HARMLESS), 2), forecast(slices(4, HARMLESS), 1.3)];
    expect(tight?.logins).toBeGreaterThan(2 * (wide?.logins ?? 0));
  });

  test("where all goes on as it does it is met within a half", () => {
    const strata = slices(400, HARMLESS);
    const isProven = (hours: number) =>
      (logSafety(addStrata(startOdds({ margin: 1.3, interval: false }), strata.slice(0, hours))) ?? 0) >=
      Math.log(20);
    const end = strata.findIndex((_, hours) => isProven(hours));
    for (const share of [0.25, 0.5, 0.75]) {
      const seen = Math.round(end * share);
      const ratio = (forecast(strata.slice(0, seen), 1.3)?.hours ?? 0) / (end - seen);
      expect(ratio).toBeGreaterThan(1 / 2);
      expect(ratio).toBeLessThan(3 / 2);
    }
  });

  test("what is proven already needs nothing more", () => {
    expect(forecast(slices(200, HARMLESS))).toMatchObject({ failures: 0, logins: 0, hours: 0 });
  });

  test.each([
    ["no time has passed", 0],
    ["it lies beyond ten years", 24 * 3650],
  ])("no hours are told where %s", (_, elapsedHours) => {
    const told = forecast(
      slices(2, { treated: 9, treatedBad: 1, control: 990, controlBad: 30 }),
      1.3,
      elapsedHours,
    );
    expect(told).toMatchObject({ hours: null, at: null });
    expect(told?.logins).toBeGreaterThan(0);
  });
});

describe("the forecast of a limit", () => {
  test.each([
    ["nothing was seen", 0, 0],
    ["the share lies at the limit", 150, 1000],
    ["the share lies beyond it", 200, 1000],
  ])("is none where %s", (_, count, of) => {
    expect(forecastLimit({ count, of }, 0.15, 0, inHours(10))).toBeNull();
  });

  test("is what is still to be proven by what each login proves on average", () => {
    const share = 80.5 / 1001;
    const each = share * Math.log(share / 0.15) + (1 - share) * Math.log((1 - share) / 0.85);
    const told = forecastLimit({ count: 80, of: 1000 }, 0.15, 1, inHours(10));
    expect(told).toEqual({
      failures: null,
      logins: Math.ceil((Math.log(20) - 1) / each),
      hours: expect.closeTo((Math.log(20) - 1) / each / 100, 1),
      at: expect.any(String),
    });
  });
});
