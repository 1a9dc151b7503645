import { expect, test } from "vitest";
import { faultPlan } from "#sandbox/faults.ts";
import { isOver, isStruck, SCENARIOS, weatherAt } from "./scenarios.ts";

const stage = (exposurePercent: number, seconds: number) => ({ exposurePercent, seconds });

test("an outage and an incident strike in the middle, and slowness from the first percent on", () => {
  for (const scenario of ["outage", "incident"] as const) {
    expect(isStruck(scenario, stage(10, 500))).toBe(false);
    expect(isStruck(scenario, stage(50, 5))).toBe(false);
    expect(isStruck(scenario, stage(50, 20))).toBe(true);
  }
  expect(isStruck("slow", stage(0, 500))).toBe(false);
  expect(isStruck("slow", stage(10, 0))).toBe(true);
  expect(isStruck("harmful", stage(50, 500))).toBe(false);
});

test("an outage ends by itself, slowness never", () => {
  expect(weatherAt("outage", 29).faults).not.toEqual({});
  expect([isOver("outage", 30), weatherAt("outage", 30).faults]).toEqual([true, {}]);
  expect(isOver("slow", 100_000)).toBe(false);
  expect(weatherAt("slow", 100_000).faults).not.toEqual({});
});

test("in an outage the API first refuses and then never answers", () => {
  expect(weatherAt("outage", 1).faults).toEqual({ "*": { kind: "server_error", status: 503 } });
  expect(weatherAt("outage", 20).faults).toEqual({ "*": { kind: "half_open" } });
});

test.each(SCENARIOS)("the sandbox takes whatever %s does to it", (scenario) => {
  for (const seconds of [null, 0, 10, 20, 40])
    expect(() => faultPlan.parse(weatherAt(scenario, seconds).faults)).not.toThrow();
});
