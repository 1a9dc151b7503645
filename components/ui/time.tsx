import { useFormatter, useNow } from "next-intl";

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** A point in time: relative when under a week, else the day; the exact one, with its zone, on hover. */
export function Time({ at }: { at: Date }) {
  const format = useFormatter();
  const now = useNow();
  const recent = Math.abs(now.getTime() - at.getTime()) < WEEK_MS;
  return (
    <time dateTime={at.toISOString()} title={format.dateTime(at, "exact")}>
      {recent ? format.relativeTime(at, now) : format.dateTime(at, "day")}
    </time>
  );
}
