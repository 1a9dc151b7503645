import type { TimeRange } from "#lib/time-steps.ts";
import type { TailBatch } from "./types.ts";

/** At most so many rows are shown of what came in at once; of the rest stands how many. */
export const SHOWN_AT_ONCE = 20;

/** The history is read at most this often, however much comes in and however many watch. */
export const READ_EVERY_MS = 1_000;

/**
 * How far back a reading looks from now. Most commit within moments; every so often it looks further, so that what was
 * committed late, or by a gateway whose clock is behind, is told seconds after it.
 */
const NEAR_MS = 7_000;
const FAR_MS = 60_000;
const FAR_EVERY_MS = 10_000;
/** Gateways' clocks may be ahead as well. */
const AHEAD_MS = 60_000;
/** Ids of one reading, at most: beyond it what is oldest is passed over without a count. */
export const MOST_READ = 20_000;

/** Whether it is time to look far again. */
export const isFarDue = (lookedFarAt: Date | null, now: Date): boolean =>
  lookedFarAt === null || now.getTime() - lookedFarAt.getTime() >= FAR_EVERY_MS;

/** The time that a reading looks through. */
export const spanOf = (isFar: boolean, now: Date): TimeRange => ({
  from: new Date(now.getTime() - (isFar ? FAR_MS : NEAR_MS)),
  to: new Date(now.getTime() + AHEAD_MS),
});

export type Sighting = { id: string; at: Date };

/** Those that were never seen before; they are from now on, and what no reading looks back to is forgotten. */
export function takeNew(seen: Map<string, number>, found: readonly Sighting[], now: Date): Sighting[] {
  const fresh = found.filter(({ id }) => !seen.has(id));
  for (const { id, at } of fresh) seen.set(id, at.getTime());
  const forgotten = now.getTime() - FAR_MS;
  for (const [id, atMs] of seen) if (atMs < forgotten) seen.delete(id);
  return fresh;
}

/** Two batches that nobody has read yet as one: the newest rows, and what of both is not among them. */
export function mergeBatches(before: TailBatch, after: TailBatch): TailBatch {
  const rows = [...after.rows, ...before.rows];
  const shown = rows.slice(0, SHOWN_AT_ONCE);
  return { rows: shown, passed: before.passed + after.passed + rows.length - shown.length };
}
