import { v7, validate } from "uuid";

const ID_BYTES = 16;
/** Random bytes for many ids at once: asking for each takes longer than making the id. */
const random = new Uint8Array(256 * ID_BYTES);
let used = random.length;

function nextRandom(): Uint8Array {
  if (used === random.length) {
    crypto.getRandomValues(random);
    used = 0;
  }
  used += ID_BYTES;
  return random.subarray(used - ID_BYTES, used);
}

/** A new time-ordered id (UUIDv7). */
export const newId = (): string => v7();

/** A new UUIDv7 carrying the given time. */
export const newIdAt = (at: Date): string => v7({ msecs: at.getTime(), random: nextRandom() });

/** The millisecond in which a UUIDv7 was made: an event's partition and its replay key depend on it. */
export function timeOfId(id: string): Date {
  return new Date(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16));
}

/** Whether a text from outside is the id of one of our rows. */
export const isId = (text: string): boolean => validate(text);
