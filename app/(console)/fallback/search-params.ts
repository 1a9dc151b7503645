import { z } from "zod";
import {
  type Against,
  type DayRange,
  FACET_NAMES,
  type FallbackFilters,
  type FallbackSearch,
} from "#lib/fallback-page/types.ts";
import { isId } from "#lib/ids.ts";
import { DEVICE_CLASSES, FALLBACK_REASONS } from "#lib/logins/schema.ts";
import { TIME_SPANS } from "#lib/time-steps.ts";
import { day, isChannel, isStage, listOf, pathWith, word, wordsLike } from "../search-words.ts";

/** As many days as the longest span has. */
const LONGEST_DAYS = 90;
const DAY_MS = 86_400_000;

/** The filters of the room, as they stand in its addresses and in those of its lists. */
export const filterFields = {
  reason: listOf(FALLBACK_REASONS),
  stage: wordsLike(isStage),
  channel: wordsLike(isChannel),
  application: wordsLike(isId),
  device: listOf(DEVICE_CLASSES),
};

const searchSchema = z.object({
  ...filterFields,
  span: z.enum(TIME_SPANS).catch("30d"),
  from: day,
  to: day,
  split: z.enum(FACET_NAMES).nullable().catch(null),
  against: day,
  change: word.transform((text) => (/^\d{1,15}$/.test(text) ? new Date(Number(text)) : null)),
});

/** Reads the address of the room; whatever is not a choice counts as not chosen. */
export function parseFallbackSearch(raw: Record<string, string | string[] | undefined>): FallbackSearch {
  const { span, from, to, split, against, change, ...filters } = searchSchema.parse(raw);
  return { span, days: daysOf(from, to), split, against: againstOf(against, change), filters };
}

/** Both days in their order, where they are not further apart than a chart can show. */
function daysOf(from: string | null, to: string | null): DayRange | null {
  if (from === null || to === null) return null;
  const [first, last] = from > to ? [to, from] : [from, to];
  return (Date.parse(last) - Date.parse(first)) / DAY_MS < LONGEST_DAYS ? { from: first, to: last } : null;
}

function againstOf(from: string | null, change: Date | null): Against {
  if (change !== null) return { kind: "change", at: change };
  return from === null ? { kind: "before" } : { kind: "days", from };
}

/** Puts the filters into the query of an address. */
export function setFilters(query: URLSearchParams, filters: FallbackFilters): void {
  for (const name of FACET_NAMES) if (filters[name].length > 0) query.set(name, filters[name].join(","));
}

/** The address of the room with these choices. */
export function fallbackPath({ span, days, split, against, filters }: FallbackSearch): string {
  const query = new URLSearchParams();
  if (days !== null) {
    query.set("from", days.from);
    query.set("to", days.to);
  } else if (span !== "30d") query.set("span", span);
  if (split !== null) query.set("split", split);
  if (against.kind === "days") query.set("against", against.from);
  if (against.kind === "change") query.set("change", `${against.at.getTime()}`);
  setFilters(query, filters);
  return pathWith("/fallback", query);
}
