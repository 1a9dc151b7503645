import { type SQL, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";

const HOUR_MS = 3_600_000;

/** How far back a chart looks, and so how wide its steps are: hours within a day, else days. */
export const TIME_SPANS = ["24h", "7d", "30d", "90d"] as const;
export type TimeSpan = (typeof TIME_SPANS)[number];
export const DAYS_OF_SPAN = { "7d": 7, "30d": 30, "90d": 90 } as const satisfies Record<
  Exclude<TimeSpan, "24h">,
  number
>;

/** A time, its end not included. */
export type TimeRange = { from: Date; to: Date };

/** Equal steps of time up to now, by the places of their starts; the last one is still running. */
export type TimeSteps = { unit: "hour" | "day"; starts: readonly Date[]; now: Date };

/** The last `count` days up to the present one, each from midnight to midnight in the given zone. */
export async function readDaySteps(
  db: DatabaseOrTransaction,
  { count, now, timeZone }: { count: number; now: Date; timeZone: string },
): Promise<TimeSteps> {
  const today = sql`date_trunc('day', ${now.toISOString()}::timestamptz at time zone ${timeZone})`;
  const rows = await db.execute<{ start: string }>(sql`
    select day at time zone ${timeZone} as start
    from generate_series(${today} - ${count - 1} * interval '1 day', ${today}, interval '1 day') as day
    order by 1`);
  return { unit: "day", starts: rows.map(({ start }) => new Date(start)), now };
}

/** The days from one date to another, the last one included, each from midnight to midnight in the given zone; up to now. */
export async function readDaysBetween(
  db: DatabaseOrTransaction,
  { from, to, now, timeZone }: { from: string; to: string; now: Date; timeZone: string },
): Promise<TimeSteps> {
  const rows = await db.execute<{ start: string }>(sql`
    select day at time zone ${timeZone} as start
    from generate_series(${from}::timestamp, ${to}::timestamp + interval '1 day', interval '1 day') as day
    order by 1`);
  const starts = rows.map(({ start }) => new Date(start));
  const steps = { unit: "day", starts: starts.filter((start) => start < now), now } as const;
  return steps.starts.length === starts.length ? stepsBefore(steps, starts.length - 1) : steps;
}

/** The last `count` hours up to the present one; they begin when hours begin in the given zone. */
export async function readHourSteps(
  db: DatabaseOrTransaction,
  { count, now, timeZone }: { count: number; now: Date; timeZone: string },
): Promise<TimeSteps> {
  const rows = await db.execute<{ hour: string }>(
    sql`select date_trunc('hour', ${now.toISOString()}::timestamptz, ${timeZone}) as hour`,
  );
  const present = new Date(rows[0]?.hour ?? now).getTime();
  const starts = Array.from(
    { length: count },
    (_, place) => new Date(present - (count - 1 - place) * HOUR_MS),
  );
  return { unit: "hour", starts, now };
}

/**
 * The steps as rows `step(starts_at, ends_at, place)` to join with: a lateral look into each step walks the index on
 * time, where grouping everything by a computed step would sort all of it.
 */
export function stepRows({ starts, now }: TimeSteps): SQL {
  const list = (times: readonly Date[]) => `{${times.map((time) => time.toISOString()).join(",")}}`;
  const ends = [...starts.slice(1), now];
  return sql`unnest(${list(starts)}::timestamptz[], ${list(ends)}::timestamptz[])
    with ordinality as step(starts_at, ends_at, place)`;
}

/** The steps from `place` on. */
export const stepsFrom = (steps: TimeSteps, place: number): TimeSteps => ({
  ...steps,
  starts: steps.starts.slice(place),
});

/** The steps before `place`, all of them ended. */
export const stepsBefore = (steps: TimeSteps, place: number): TimeSteps => ({
  ...steps,
  starts: steps.starts.slice(0, place),
  now: steps.starts[place] ?? steps.now,
});

/** Where a moment lies among the steps, in steps from the start of the first; null when before it or after now. */
export function placeOf({ starts, now }: TimeSteps, at: Date): number | null {
  const time = at.getTime();
  const step = starts.findLastIndex((start) => start.getTime() <= time);
  const start = starts[step];
  if (!start || time > now.getTime()) return null;
  const before = starts[step - 1];
  const end =
    starts[step + 1] ?? new Date(start.getTime() + (before ? start.getTime() - before.getTime() : 1));
  return step + (time - start.getTime()) / (end.getTime() - start.getTime());
}

/** The cells of each step by its place; steps in which nothing happened are there, empty. */
export function byStep<Cell extends { step: number }>(cells: readonly Cell[], steps: number): Cell[][] {
  const parts: Cell[][] = Array.from({ length: steps }, () => []);
  for (const cell of cells) parts[cell.step]?.push(cell);
  return parts;
}

/** The cells of the steps from `place` on, counted from there. */
export const cellsFrom = <Cell extends { step: number }>(cells: readonly Cell[], place: number): Cell[] =>
  cells.filter(({ step }) => step >= place).map((cell) => ({ ...cell, step: cell.step - place }));
