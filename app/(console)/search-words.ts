import { z } from "zod";
import { isId } from "#lib/ids.ts";
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

/** Channels are named by applications: any short word, never anything that could be an identifier. */
export const isChannel = (one: string): boolean => /^[a-z0-9][a-z0-9_-]{0,31}$/i.test(one);
/** An exposure in percent. */
export const isStage = (one: string): boolean => /^(100|[1-9]?\d)$/.test(one);

/** A date as a calendar names it, `2026-03-13`; null for anything else. */
export const day = word.transform((text) =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) ? text : null,
);

/** Where a page of a list begins, as it stands in a URL; null for anything else. */
export function cursorOf(place: string, direction: Cursor["direction"]): Cursor | null {
  const [ms = "", id = ""] = place.split("_");
  const at = new Date(Number(ms));
  return /^\d{1,15}$/.test(ms) && isId(id) && !Number.isNaN(at.getTime()) ? { at, id, direction } : null;
}

/** The same place as it is written into a URL. */
export const cursorText = ({ at, id }: Omit<Cursor, "direction">): string => `${at.getTime()}_${id}`;

/** A path with these values behind it; commas and colons stay readable. */
export function pathWith(path: string, query: URLSearchParams): string {
  const search = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return search === "" ? path : `${path}?${search}`;
}
