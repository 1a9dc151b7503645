import { logOverLimit, logWithinLimit } from "#lib/rollout-evidence/limits.ts";

/** For each number of logins the count of bad ones at which something is called; null where none would be. */
export type Bounds = { calls: (count: number, of: number) => boolean; most: number };

const CALLS = Math.log(20);

/** From which count on, of each number of logins up to `most`, the share is called over the limit. */
export function overBounds(limit: number, most: number): Bounds {
  const from: number[] = [Number.POSITIVE_INFINITY];
  for (let of = 1, count = 0; of <= most; of++) {
    // More logins never take fewer bad ones.
    while (count <= of && logOverLimit({ count, of }, limit) < CALLS) count++;
    from.push(count <= of ? count : Number.POSITIVE_INFINITY);
  }
  return { most, calls: (count, of) => count >= (from[of] ?? Number.POSITIVE_INFINITY) };
}

/** Up to which count, of each number of logins up to `most`, the share is called within the limit. */
export function withinBounds(limit: number, most: number): Bounds {
  const upTo: number[] = [-1];
  for (let of = 1, count = -1; of <= most; of++) {
    while (logWithinLimit({ count: count + 1, of }, limit) >= CALLS) count++;
    upTo.push(count);
  }
  return { most, calls: (count, of) => count <= (upTo[of] ?? -1) };
}

/** The chance that something is ever called where the share is so: exact, by going through all counts login by login. */
export function everCalled({ calls, most }: Bounds, share: number): number {
  let open = new Float64Array(most + 2);
  open[0] = 1;
  let called = 0;
  for (let of = 1; of <= most; of++) {
    const next = new Float64Array(most + 2);
    for (let count = 0; count <= of; count++) {
      const chance = (open[count] ?? 0) * (1 - share) + (count > 0 ? (open[count - 1] ?? 0) * share : 0);
      if (chance === 0) continue;
      if (calls(count, of)) called += chance;
      else next[count] = chance;
    }
    open = next;
  }
  return called;
}
