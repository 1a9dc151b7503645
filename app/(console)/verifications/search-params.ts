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
import type { TimeRange } from "#lib/time-steps.ts";
import { shortestWindowSince } from "#lib/verification-counts/rules.ts";
import { API_STATUS_WORD } from "#lib/verifications/schema.ts";
import {
  type Cursor,
  FACET_NAMES,
  type Order,
  TIME_WINDOWS,
  type VerificationFilters,
} from "#lib/verifications/types.ts";
import {
  cursorOf,
  cursorText,
  isChannel,
  isStage,
  listOf,
  pathWith,
  time,
  word,
  wordsLike,
} from "../search-words.ts";

export type VerificationsSearch = {
  filters: VerificationFilters;
  order: Order;
  cursor: Cursor | null;
  /** The saved view that the list came from. */
  view: string | null;
  /** Nothing but the view is named: it says what is shown. */
  opensView: boolean;
};

const searchSchema = z.object({
  outcome: listOf(VERIFICATION_OUTCOMES),
  reason: listOf(VERIFICATION_REASONS),
  modality: listOf(MODALITIES),
  source: listOf(SOURCES),
  device: listOf(DEVICE_CLASSES),
  stage: wordsLike(isStage),
  apiStatus: wordsLike((one) => API_STATUS_WORD.test(one)),
  channel: wordsLike(isChannel),
  application: wordsLike(isId),
  window: z.enum(TIME_WINDOWS).catch("24h"),
  order: z.literal("oldest").or(z.literal("newest")).catch("newest"),
  from: time,
  to: time,
  after: word,
  before: word,
  view: word.transform((id) => (isId(id) ? id : null)),
});

/** Reads the URL of the list; whatever is not on the lists of values is left out. */
export function parseVerificationsSearch(
  raw: Record<string, string | string[] | undefined>,
): VerificationsSearch {
  const { from, to, after, before, order, view, ...filters } = searchSchema.parse(raw);
  const says = [...FACET_NAMES, "window", "from", "to", "order"].some((name) => raw[name] !== undefined);
  const range = from !== null && to !== null && from < to ? { from, to } : null;
  return {
    filters: { ...filters, range },
    order,
    cursor: cursorOf(after, "after") ?? cursorOf(before, "before"),
    view,
    opensView: view !== null && !says,
  };
}

type Place = Pick<VerificationsSearch, "filters" | "order" | "cursor"> & { view?: string | null };

/**
 * The address of the list with these filters, from the start unless a cursor is named. Where it came from a saved view
 * it says all that is shown, so that the view does not.
 */
export function verificationsPath({ filters, order, cursor, view = null }: Place): string {
  const query = queryOf(filters, order, view !== null);
  if (view !== null) query.set("view", view);
  if (cursor) query.set(cursor.direction, cursorText(cursor));
  return pathWith("/verifications", query);
}

/** What the list shows, whole, to be kept as a view. */
export const searchOf = ({ filters, order }: Pick<VerificationsSearch, "filters" | "order">): string =>
  queryOf(filters, order, true).toString();

function queryOf(filters: VerificationFilters, order: Order, isWhole: boolean): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of FACET_NAMES) if (filters[name].length > 0) query.set(name, filters[name].join(","));
  if (isWhole || filters.window !== "24h") query.set("window", filters.window);
  setRange(query, filters.range);
  if (isWhole || order === "oldest") query.set("order", order);
  return query;
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
