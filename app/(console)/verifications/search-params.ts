import { z } from "zod";
import { isId } from "#lib/ids.ts";
import {
  DEVICE_CLASSES,
  MODALITIES,
  SOURCES,
  VERIFICATION_OUTCOMES,
  VERIFICATION_REASONS,
  type VerificationReason,
} from "#lib/logins/schema.ts";
import { shortestWindowSince } from "#lib/verification-counts/rules.ts";
import {
  type Cursor,
  FACET_NAMES,
  type Order,
  TIME_WINDOWS,
  type TimeRange,
  type VerificationFilters,
} from "#lib/verifications/types.ts";
import { cursorOf, cursorText, listOf, pathWith, word, wordsIn } from "../search-words.ts";

export type VerificationsSearch = { filters: VerificationFilters; order: Order; cursor: Cursor | null };

/** Channels are named by applications: any short word, never anything that could be an identifier. */
const CHANNEL = /^[a-z0-9][a-z0-9_-]{0,31}$/i;
const STAGE = /^(100|[1-9]?\d)$/;
/** An HTTP status, or 0 for none. */
const API_STATUS = /^(0|[1-5]\d\d)$/;
const MAX_WORDS = 20;

const time = z.coerce.date().nullable().catch(null);
const searchSchema = z.object({
  outcome: listOf(VERIFICATION_OUTCOMES),
  reason: listOf(VERIFICATION_REASONS),
  modality: listOf(MODALITIES),
  source: listOf(SOURCES),
  device: listOf(DEVICE_CLASSES),
  stage: wordsLike(STAGE),
  apiStatus: wordsLike(API_STATUS),
  channel: wordsLike(CHANNEL),
  application: word.transform((list) => wordsIn(list).filter(isId).slice(0, MAX_WORDS)),
  window: z.enum(TIME_WINDOWS).catch("24h"),
  order: z.literal("oldest").or(z.literal("newest")).catch("newest"),
  from: time,
  to: time,
  after: word,
  before: word,
});

function wordsLike(form: RegExp) {
  return word.transform((list) =>
    wordsIn(list)
      .filter((one) => form.test(one))
      .slice(0, MAX_WORDS),
  );
}

/** Reads the URL of the list; whatever is not on the lists of values is left out. */
export function parseVerificationsSearch(
  raw: Record<string, string | string[] | undefined>,
): VerificationsSearch {
  const { from, to, after, before, order, ...filters } = searchSchema.parse(raw);
  const range = from !== null && to !== null && from < to ? { from, to } : null;
  return {
    filters: { ...filters, range },
    order,
    cursor: cursorOf(after, "after") ?? cursorOf(before, "before"),
  };
}

/** The address of the list with these filters, from the start unless a cursor is named. */
export function verificationsPath({ filters, order, cursor }: VerificationsSearch): string {
  const query = new URLSearchParams();
  for (const name of FACET_NAMES) if (filters[name].length > 0) query.set(name, filters[name].join(","));
  if (filters.window !== "24h") query.set("window", filters.window);
  setRange(query, filters.range);
  if (order === "oldest") query.set("order", order);
  if (cursor) query.set(cursor.direction, cursorText(cursor));
  return pathWith("/verifications", query);
}

function setRange(query: URLSearchParams, range: TimeRange | null): void {
  if (range === null) return;
  query.set("from", range.from.toISOString());
  query.set("to", range.to.toISOString());
}

/** The list of verifications with the same reason, in the shortest window that holds this one. */
export function similarPath({ at, reason }: { at: Date; reason: VerificationReason }, now: Date): string {
  const { filters } = parseVerificationsSearch({ reason, window: shortestWindowSince(at, now) });
  return verificationsPath({ filters, order: "newest", cursor: null });
}
