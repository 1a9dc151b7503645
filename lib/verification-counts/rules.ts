import { Temporal } from "temporal-polyfill";
import type { TimeRange } from "#lib/time-steps.ts";
import {
  TIME_WINDOWS,
  type TimeLine,
  type TimeWindow,
  type VerificationFilters,
} from "#lib/verifications/types.ts";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const DAY_MS = DAY_MINUTES * MINUTE_MS;
/**
 * How many bars a window has and how many minutes wide they are; null where each is a day. Bars are made of whole days or
 * hours wherever the window is long, because those are counted already: a bar costs what it is made of.
 */
const BARS: Record<TimeWindow, { count: number; minutes: number | null }> = {
  "1h": { count: 60, minutes: 1 },
  "24h": { count: 48, minutes: 30 },
  "7d": { count: 42, minutes: 240 },
  "30d": { count: 30, minutes: null },
  "90d": { count: 90, minutes: null },
};

/** The window's bars, the last one filling now: they begin when days of the zone begin, and at equal steps from there. */
export function timeLineOf(window: TimeWindow, now: Date, timeZone: string): TimeLine {
  const { count, minutes } = BARS[window];
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .startOfDay();
  const places = Array.from({ length: count }, (_, place) => count - 1 - place);
  if (minutes === null) {
    const starts = places.map((days) => new Date(today.subtract({ days }).epochMilliseconds));
    return { starts, to: new Date(today.add({ days: 1 }).epochMilliseconds) };
  }
  const barMs = minutes * MINUTE_MS;
  const begun = Math.floor((now.getTime() - today.epochMilliseconds) / barMs);
  const last = today.epochMilliseconds + begun * barMs;
  return { starts: places.map((place) => new Date(last - place * barMs)), to: new Date(last + barMs) };
}

/** The shortest window that surely holds a moment, whatever bar is filling now; the longest one for all before. */
export const shortestWindowSince = (at: Date, now: Date): TimeWindow =>
  TIME_WINDOWS.find((window) => {
    const { count, minutes } = BARS[window];
    return now.getTime() - at.getTime() <= (count - 1) * (minutes ?? DAY_MINUTES) * MINUTE_MS;
  }) ?? "90d";

/** All of the time line. */
export const limitsOf = ({ starts, to }: TimeLine): TimeRange => ({ from: starts[0] ?? to, to });

/** The filters as they can be answered for, with the bars of their window and the limits that the list keeps to. */
export type Settled = { filters: VerificationFilters; line: TimeLine; limits: TimeRange };

/**
 * Settles what was asked for: the shortest window that holds the range, and the range as whole bars of it, so that the
 * rollups count exactly what is listed. An old address stays good for 90 days.
 */
export function settle(asked: VerificationFilters, now: Date, timeZone: string): Settled {
  const { range } = asked;
  if (range === null) {
    const line = timeLineOf(asked.window, now, timeZone);
    return { filters: asked, line, limits: limitsOf(line) };
  }
  const wide = TIME_WINDOWS.slice(TIME_WINDOWS.indexOf(asked.window));
  const window = wide.find((one) => range.from >= limitsOf(timeLineOf(one, now, timeZone)).from) ?? "90d";
  const line = timeLineOf(window, now, timeZone);
  const limits = wholeBars(line, range);
  return { filters: { ...asked, window, range: limits }, line, limits };
}

/** The bars that the range touches; before the first one as if days went on. After the last one nothing is counted. */
function wholeBars({ starts, to }: TimeLine, range: TimeRange): TimeRange {
  const edges = [...starts, to];
  const first = edges[0] ?? to;
  const daysBefore = (at: Date) => (first.getTime() - at.getTime()) / DAY_MS;
  const before = (days: number) => new Date(first.getTime() - days * DAY_MS);
  return {
    from: edges.findLast((edge) => edge <= range.from) ?? before(Math.ceil(daysBefore(range.from))),
    to:
      range.to < first
        ? before(Math.floor(daysBefore(range.to)))
        : (edges.find((edge) => edge >= range.to) ?? to),
  };
}
