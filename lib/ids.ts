import { v7, validate } from "uuid";

/** A new time-ordered id (UUIDv7). */
export const newId = (): string => v7();

/** A new UUIDv7 carrying the given time. */
export const newIdAt = (at: Date): string => v7({ msecs: at.getTime() });

/** The millisecond in which a UUIDv7 was made: an event's partition and its replay key depend on it. */
export function timeOfId(id: string): Date {
  return new Date(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16));
}

/** Whether a text from outside is the id of one of our rows. */
export const isId = (text: string): boolean => validate(text);
