import { setTimeout as delay } from "node:timers/promises";

/** More logins than this at once mean that the machine does not carry the rate; those due wait. */
const MOST_AT_ONCE = 200;
const LOOK_EVERY_MS = 20;

/**
 * Begins so many logins a minute, evenly and whatever became of those before, until the signal; resolves when the last has
 * ended. Where too many are under way the next ones wait, so that the rate sinks and nothing piles up.
 */
export async function drive(
  perMinute: number,
  beginLogin: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const perMs = perMinute / 60_000;
  let lastMs = performance.now();
  let due = 0;
  while (!signal.aborted) {
    const nowMs = performance.now();
    due = Math.min(due + (nowMs - lastMs) * perMs, MOST_AT_ONCE);
    lastMs = nowMs;
    for (; due >= 1 && underWay.size < MOST_AT_ONCE; due -= 1) {
      const login: Promise<void> = beginLogin().finally(() => underWay.delete(login));
      underWay.add(login);
    }
    await delay(LOOK_EVERY_MS);
  }
  await Promise.all(underWay);
}
