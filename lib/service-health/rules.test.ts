import { expect, test } from "vitest";
import { bucketOf } from "#lib/recording/rules.ts";
import { apiDaysOf, errorPoints, latencyPoints } from "./rules.ts";

const starts = [new Date("2026-03-12T03:00:00Z"), new Date("2026-03-13T03:00:00Z")];
const steps = { unit: "day", starts, now: new Date("2026-03-13T12:00:00Z") } as const;

test.each([
  { calls: 0, errors: 0, state: "unknown" },
  { calls: 1000, errors: 0, state: "working" },
  { calls: 1000, errors: 9, state: "working" },
  { calls: 1000, errors: 10, state: "some_errors" },
  { calls: 1000, errors: 99, state: "some_errors" },
  { calls: 1000, errors: 100, state: "failing" },
])("a day with $errors errors in $calls calls is $state", ({ calls, errors, state }) => {
  const [first, second] = apiDaysOf(calls ? [{ step: 1, calls, errors }] : [], steps, "full");
  expect(first).toEqual({ at: starts[0], state: "unknown", counts: { calls: 0, errors: 0 } });
  expect(second).toEqual({ at: starts[1], state, counts: { calls, errors } });
});

test.each([
  { calls: 1000, errors: 4, state: "working", why: "even 4 would not mark it" },
  { calls: 100, errors: 1, state: "unknown", why: "a mark would tell that there were any" },
  { calls: 100, errors: 98, state: "unknown", why: "few answers are as telling as few errors" },
  { calls: 3, errors: 0, state: "unknown", why: "few calls at all" },
])("a viewer is told nothing of $errors errors in $calls calls: $why", ({ calls, errors, state }) => {
  expect(apiDaysOf([{ step: 0, calls, errors }], steps, "small_hidden")[0]).toEqual({
    at: starts[0],
    state,
    counts: null,
  });
});

test("a viewer is told no day's counts where one day's are small, but how the others were", () => {
  const cells = [
    { step: 0, calls: 100, errors: 2 },
    { step: 1, calls: 100, errors: 40 },
  ];
  expect(apiDaysOf(cells, steps, "small_hidden")).toEqual([
    { at: starts[0], state: "unknown", counts: null },
    { at: starts[1], state: "failing", counts: null },
  ]);
});

test("errors are a rate of the calls from 30 on", () => {
  const cells = [
    { step: 0, calls: 29, errors: 1 },
    { step: 1, calls: 200, errors: 20 },
  ];
  const [few, enough] = errorPoints(cells, 2, "full");
  expect(few).toEqual({ count: 1, of: 29, rate: null });
  expect(enough?.rate?.share).toBe(0.1);
});

test("latency of a step is told from its own calls, to a viewer only from five on", () => {
  const cells = [
    { step: 0, bucket: bucketOf(100), count: 95 },
    { step: 0, bucket: bucketOf(2000), count: 5 },
    { step: 2, bucket: bucketOf(400), count: 4 },
  ];
  const [first, second, third] = latencyPoints(cells, 3, "full");
  expect(first?.calls).toBe(100);
  expect(first?.p50Ms).toBeCloseTo(first?.p95Ms ?? 0);
  expect(first?.p95Ms).toBeGreaterThan(85);
  expect(first?.p95Ms).toBeLessThan(120);
  expect(second).toBeNull();
  expect(third?.calls).toBe(4);
  expect(latencyPoints(cells, 3, "small_hidden")[2]).toBeNull();
});
