import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { remember } from "./remember.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("it is read once for all who ask within its time, and again after it", async () => {
  let reads = 0;
  const counted = remember(1_000, async () => ++reads);
  expect(await Promise.all([counted(), counted()])).toEqual([1, 1]);
  vi.advanceTimersByTime(999);
  expect(await counted()).toBe(1);
  vi.advanceTimersByTime(1);
  expect(await counted()).toBe(2);
});

test("one that failed fails for those who waited for it, and is not kept", async () => {
  let reads = 0;
  const counted = remember(1_000, async () => {
    if (++reads === 1) throw new Error("away");
    return reads;
  });
  const [first, second] = await Promise.allSettled([counted(), counted()]);
  expect([first.status, second.status, reads]).toEqual(["rejected", "rejected", 1]);
  expect(await counted()).toBe(2);
});
