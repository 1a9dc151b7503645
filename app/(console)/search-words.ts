import { z } from "zod";
import { isId } from "#lib/ids.ts";
import { CHANNEL_WORD, STAGE_WORD } from "#lib/verifications/schema.ts";
import type { Cursor } from "#lib/verifications/types.ts";

/** One value of a URL; sent several times or not at all, it counts as empty. */
export const word = z.string().catch("");

/** The words of a list with commas, each once. */
export const wordsIn = (list: string): string[] => [...new Set(list.split(",").filter((one) => one !== ""))];

/** A list in a URL: those of the known values that stand in it. */
export const listOf = <const Value extends string>(values: readonly Value[]) =>
  word.transform((list) => values.filter((value) => wordsIn(list).includes(value)));

const MAX_WORDS = 20;

/** A list in a URL whose words are open: those that look right, at most 20 of them. */
export const wordsLike = (looksRight: (one: string) => boolean) =>
  word.transform((list) => wordsIn(list).filter(looksRight).slice(0, MAX_WORDS));

export const isChannel = (one: string): boolean => CHANNEL_WORD.test(one);
export const isStage = (one: string): boolean => STAGE_WORD.test(one);

/** Times outside are nobody's choice, and PostgreSQL does not read all that JavaScript writes. */
const FIRST_TIME = new Date("1000-01-01T00:00:00Z");
const LAST_TIME = new Date("2999-12-31T00:00:00Z");
const isTime = (at: Date): boolean => at >= FIRST_TIME && at <= LAST_TIME;

/** A moment; null for anything else. */
export const time = z.coerce.date().refine(isTime).nullable().catch(null);

/** A date as a calendar names it, `2026-03-13`; null for anything else. */
export const day = word.transform((text) => {
  const at = new Date(`${text}T00:00:00Z`);
  // JavaScript reads the 31st of February as a day in March.
  return isTime(at) && at.toISOString().slice(0, 10) === text ? text : null;
});

/** Where a page of a list begins, as it stands in a URL; null for anything else. */
export function cursorOf(place: string, direction: Cursor["direction"]): Cursor | null {
  const [ms = "", id = ""] = place.split("_");
  const at = new Date(Number(ms));
  return /^\d{1,15}$/.test(ms) && isId(id) && isTime(at) ? { at, id, direction } : null;
}

/** The same place as it is written into a URL. */
export const cursorText = ({ at, id }: Omit<Cursor, "direction">): string => `${at.getTime()}_${id}`;

/** A path with these values behind it; commas and colons stay readable. */
export function pathWith(path: string, query: URLSearchParams): string {
  const search = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return search === "" ? path : `${path}?${search}`;
}
