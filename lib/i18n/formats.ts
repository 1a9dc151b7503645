import type { Formats } from "next-intl";

/** The ways in which the console writes times and numbers. */
export const FORMATS = {
  dateTime: {
    day: { day: "numeric", month: "short", year: "numeric" },
    dayAndMonth: { day: "numeric", month: "short" },
    weekday: { weekday: "short", day: "numeric", month: "short" },
    minute: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
    clock: { hour: "2-digit", minute: "2-digit" },
    exact: {
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      timeZoneName: "short",
    },
  },
} as const satisfies Formats;
