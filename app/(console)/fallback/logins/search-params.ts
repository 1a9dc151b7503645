import { z } from "zod";
import type { FallbackFilters } from "#lib/fallback-page/types.ts";
import {
  LEGACY_ENDS,
  type LegacyEnd,
  LOGIN_PARTS,
  type LoginPart,
  type LoginsAsked,
} from "#lib/login-ends/types.ts";
import { PATH_REASONS, type PathReason } from "#lib/logins/schema.ts";
import type { TimeRange } from "#lib/time-steps.ts";
import type { Cursor, Order } from "#lib/verifications/types.ts";
import { cursorOf, cursorText, pathWith, time, word } from "../../search-words.ts";
import { filterFields, setFilters } from "../search-params.ts";

export type LoginsSearch = { asked: LoginsAsked; order: Order; cursor: Cursor | null };

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const searchSchema = z.object({
  ...filterFields,
  from: time,
  to: time,
  part: z.enum(LOGIN_PARTS).catch("fell_back"),
  end: z.enum(LEGACY_ENDS).nullable().catch(null),
  why: z.enum(PATH_REASONS).nullable().catch(null),
  order: z.literal("oldest").or(z.literal("newest")).catch("newest"),
  after: word,
  before: word,
});

const toMinute = (at: Date, round: (minutes: number) => number) =>
  new Date(round(at.getTime() / MINUTE_MS) * MINUTE_MS);

/** Reads the address of a list of logins; without a time that makes sense it is the last 24 hours. Times are whole minutes. */
export function parseLoginsSearch(
  raw: Record<string, string | string[] | undefined>,
  now: Date,
): LoginsSearch {
  const { from, to, part, end, why, order, after, before, ...filters } = searchSchema.parse(raw);
  const range: TimeRange =
    from !== null && to !== null && from < to
      ? { from: toMinute(from, Math.floor), to: toMinute(to, Math.ceil) }
      : { from: toMinute(new Date(now.getTime() - DAY_MS), Math.floor), to: toMinute(now, Math.ceil) };
  return {
    asked: { range, part, end, why, filters },
    order,
    cursor: cursorOf(after, "after") ?? cursorOf(before, "before"),
  };
}

type Place = {
  range: TimeRange;
  part: LoginPart;
  end?: LegacyEnd | null;
  why?: PathReason | null;
  filters: FallbackFilters;
  order?: Order;
  cursor?: Cursor | null;
};

/** The address of the logins behind a figure. */
export function loginsPath({ range, part, end, why, filters, order, cursor }: Place): string {
  const query = new URLSearchParams();
  query.set("from", range.from.toISOString());
  query.set("to", range.to.toISOString());
  if (part !== "fell_back") query.set("part", part);
  if (end) query.set("end", end);
  if (why) query.set("why", why);
  // Reasons are of those who fell back alone.
  setFilters(query, part === "fell_back" ? filters : { ...filters, reason: [] });
  if (order === "oldest") query.set("order", order);
  if (cursor) query.set(cursor.direction, cursorText(cursor));
  return pathWith("/fallback/logins", query);
}
