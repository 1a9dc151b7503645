import { Temporal } from "temporal-polyfill";
import { RETENTION_BOUNDS, RETENTION_FIELDS, type RetentionField, type RetentionValues } from "./schema.ts";
import type { HistoryMonth, Holding, IdlePeople, Loss, RetentionVersion } from "./types.ts";

const DAY_MS = 86_400_000;

/** A shorter time is obeyed this long after it was chosen; putting the old one back before then deletes nothing. */
export const GRACE_HOURS = 24;

/** So many people are counted one by one; of more, a part stands for all, of so many of them. */
export const MOST_COUNTED = 200_000;
export const SAMPLED = 50_000;
const GRACE_MS = GRACE_HOURS * 3_600_000;

/** Without an end is longer than any number of days. */
const lengthOf = (days: number | null): number => days ?? Number.POSITIVE_INFINITY;

/** Whether one time ends before the other; null is without an end. */
export const isShorter = (one: number | null, other: number | null): boolean =>
  lengthOf(one) < lengthOf(other);

/** The kinds of data that the change keeps for a shorter time. */
export const shortenedBy = (before: RetentionValues, after: RetentionValues): RetentionField[] =>
  RETENTION_FIELDS.filter((field) => isShorter(after[field], before[field]));

/** From when a shorter time chosen at this moment is obeyed. */
export const obeyedFrom = (changedAt: Date): Date => new Date(changedAt.getTime() + GRACE_MS);

/**
 * What is obeyed now: of each kind the longest time that was wanted at any moment of the last 24 hours. So a longer
 * time holds at once, a shorter one after a day, and one that was taken back in time never. `versions` are the newest
 * first, back to the one that was in force a day ago.
 */
export function obeyedValues(versions: readonly RetentionVersion[], now: Date): RetentionValues {
  const since = now.getTime() - GRACE_MS;
  const before = versions.findIndex(({ changedAt }) => changedAt.getTime() <= since);
  const wanted = before === -1 ? versions : versions.slice(0, before + 1);
  const longest = (field: RetentionField) => Math.max(...wanted.map(({ values }) => lengthOf(values[field])));
  const idle = longest("inactivePersonDays");
  return {
    historyDays: longest("historyDays"),
    rollupDays: longest("rollupDays"),
    deliveryDays: longest("deliveryDays"),
    inactivePersonDays: Number.isFinite(idle) ? idle : null,
  };
}

/** The moment before which data of so many days is past its time. */
export const cutoffOf = (days: number, now: Date): Date => new Date(now.getTime() - days * DAY_MS);

/** The end, in UTC, of the month that holds this moment; history is dropped by whole months. */
function monthEndOf(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
}

/**
 * Until when a login opened at this time, and all that belongs to it, is kept: its month goes as a whole once the last
 * day of it is past the retention.
 */
export function keptUntil(at: Date, { historyDays }: Pick<RetentionValues, "historyDays">): Date {
  return new Date(monthEndOf(at).getTime() + historyDays * DAY_MS);
}

/** The months, written `2026-03`, of which every day is past so many days. */
export function monthsPast<Month extends Pick<HistoryMonth, "month">>(
  months: readonly Month[],
  historyDays: number,
  now: Date,
): Month[] {
  return months.filter(({ month }) => keptUntil(new Date(`${month}-01`), { historyDays }) <= now);
}

/** The history that is past so many days at this moment, in whole months; null where no month is. */
export function historyLoss(months: readonly HistoryMonth[], historyDays: number, now: Date): Loss | null {
  const past = monthsPast(months, historyDays, now);
  const last = past.at(-1);
  if (last === undefined) return null;
  const counted = past.flatMap(({ rows }) => rows ?? []);
  return {
    before: monthEndOf(new Date(`${last.month}-01`)),
    rows: counted.length === 0 ? null : counted.reduce((sum, rows) => sum + rows, 0),
  };
}

/** What is past so many days of data that goes row by row, taken as spread evenly over the time it covers. */
export function rowLoss({ oldestAt, rows }: Holding, days: number, now: Date): Loss | null {
  const before = cutoffOf(days, now);
  if (oldestAt === null || oldestAt >= before) return null;
  const share = (before.getTime() - oldestAt.getTime()) / (now.getTime() - oldestAt.getTime());
  return { before, rows: rows === null ? null : Math.round(rows * share) };
}

const dayIn = (at: Date, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();

/** The day of the installation's zone, written `2026-03-13`. */
export const dayOf = (at: Date, timeZone: string): string => dayIn(at, timeZone).toString();

/**
 * Who was last active before this moment has been inactive for more than so many whole days of the installation's zone,
 * the day of the last activity not counted.
 */
export const inactiveBefore = (days: number, now: Date, timeZone: string): Date =>
  new Date(dayIn(now, timeZone).subtract({ days }).toZonedDateTime(timeZone).epochMilliseconds);

/** The last day, written `2026-03-13`, on which somebody who was last active then is kept without anybody's decision. */
export const personKeptUntil = (lastActiveAt: Date, days: number, timeZone: string): string =>
  dayIn(lastActiveAt, timeZone).add({ days }).toString();

/** How many people a time would propose for deletion once it is obeyed, a day from now; null for nobody. */
export function peopleLoss(idle: IdlePeople, days: number | null, now: Date): Loss | null {
  if (days === null) return null;
  const people = idle.days.reduce((sum, day) => (day.idleDays >= days ? sum + day.people : sum), 0);
  return people === 0
    ? null
    : { before: cutoffOf(days, obeyedFrom(now)), rows: idle.isEstimate ? roundEstimate(people) : people };
}

/** The version in which this time was chosen, as it has stood ever since; null for the defaults. Newest first. */
export function chosenIn<Version extends RetentionVersion>(
  versions: readonly Version[],
  field: RetentionField,
  days: number | null,
): Version | null {
  const newest = versions.findIndex(({ values }) => values[field] === days);
  if (newest === -1) return null;
  const since = versions.slice(newest);
  const before = since.findIndex(({ values }) => values[field] !== days);
  return (before === -1 ? since : since.slice(0, before)).at(-1) ?? null;
}

/** An estimate to two digits: more would claim to be counted. */
export const roundEstimate = (rows: number): number => Number(rows.toPrecision(2));

export type DaysProblem = "not_whole" | "out_of_range" | "shorter_than_history";

/** What is wrong with the days as typed; for the counts also beside those of the history. */
export function daysProblem(
  field: RetentionField,
  typed: string,
  historyDays: number | null,
): DaysProblem | null {
  if (field === "inactivePersonDays" && typed.trim() === "") return null;
  if (!/^\d{1,6}$/.test(typed.trim())) return "not_whole";
  const days = Number(typed);
  const { least, most } = RETENTION_BOUNDS[field];
  if (days < least || days > most) return "out_of_range";
  return field === "rollupDays" && historyDays !== null && days < historyDays ? "shorter_than_history" : null;
}
