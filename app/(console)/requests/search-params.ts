import { z } from "zod";
import { REGIMES } from "#lib/deadlines/types.ts";
import {
  INBOX_SORTS,
  INBOX_TABS,
  type InboxFilters,
  type InboxPlace,
  NEXT_FILTERS,
} from "#lib/inbox/types.ts";
import { REQUEST_STATES, RIGHTS } from "#lib/requests/types.ts";
import { cursorOf, cursorText, listOf, pathWith, word } from "../search-words.ts";

const searchSchema = z.object({
  tab: z.enum(INBOX_TABS).catch("open"),
  right: listOf(RIGHTS),
  step: listOf(REQUEST_STATES),
  law: listOf(REGIMES),
  next: listOf(NEXT_FILTERS),
  sort: z.enum(INBOX_SORTS).catch("due"),
  order: z.enum(["asc", "desc"]).nullable().catch(null),
  after: word,
  before: word,
});

export const NO_FILTERS: InboxFilters = { right: [], step: [], law: [], next: [] };

/** Reads the URL of the list; whatever is not on the lists of values is left out. */
export function parseInboxSearch(raw: Record<string, string | string[] | undefined>): InboxPlace {
  const { tab, sort, order, after, before, ...filters } = searchSchema.parse(raw);
  // What is due first and what ended last come first.
  const isDescending = order === null ? tab === "closed" : order === "desc";
  return {
    tab,
    filters,
    order: { by: sort, isDescending },
    cursor: cursorOf(after, "after") ?? cursorOf(before, "before"),
  };
}

/** The address of the list under this tab, with these filters, at this place. */
export function inboxPath({ tab, filters, order, cursor }: InboxPlace): string {
  const query = new URLSearchParams();
  if (tab !== "open") query.set("tab", tab);
  for (const [name, values] of Object.entries(filters)) {
    if (values.length > 0) query.set(name, values.join(","));
  }
  if (order.by !== "due") query.set("sort", order.by);
  if (order.isDescending !== (tab === "closed")) query.set("order", order.isDescending ? "desc" : "asc");
  if (cursor !== null) query.set(cursor.direction, cursorText(cursor));
  return pathWith("/requests", query);
}
