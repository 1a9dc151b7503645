import { useFormatter } from "next-intl";
import { useMemo } from "react";
import type { TimeWindow } from "#lib/verifications/types.ts";

/** Bars of days are told by their dates, short ones by the clock, and by both where a window reaches over days. */
const UNITS = {
  "1h": "clock",
  "24h": "clock",
  "7d": "minute",
  "30d": "dayAndMonth",
  "90d": "dayAndMonth",
} as const satisfies Record<TimeWindow, string>;

/** How the times of a window's bars are written. A day that ends at midnight is told as itself, not as the next one. */
export function useBarTime(window: TimeWindow) {
  const format = useFormatter();
  return useMemo(() => {
    const unit = UNITS[window];
    const isDays = unit === "dayAndMonth";
    const last = (end: Date) => (isDays ? new Date(end.getTime() - 1) : end);
    return {
      isDays,
      startText: (at: Date) => format.dateTime(at, unit),
      endText: (end: Date) => format.dateTime(last(end), unit),
      spanText: (from: Date, end: Date) =>
        format.dateTimeRange(from, last(end), isDays ? "dayAndMonth" : "minute"),
    };
  }, [format, window]);
}
