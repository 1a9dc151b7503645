import type { Grant } from "#lib/auth/policy.ts";
import type { FallbackPoint } from "#lib/fallback/types.ts";
import { changeOf, differenceOf, hidesSmall, shareOf, toldShare } from "#lib/rates/rules.ts";
import { isApiTrouble, TROUBLE_CALLS } from "#lib/service-health/rules.ts";
import type { CallCell } from "#lib/service-health/types.ts";
import { byStep, placeOf, type TimeSteps } from "#lib/time-steps.ts";
import {
  type Compared,
  FACET_NAMES,
  type FacetCell,
  type FacetName,
  type FallbackFilters,
  type RateCell,
  type RateSeries,
} from "./types.ts";

/** More lines than this cannot be told apart in one chart; the others are in the table below it. */
const LINES_SHOWN = 4;

/** No value chosen in any facet. */
export const noFilters = (): FallbackFilters => ({
  reason: [],
  stage: [],
  channel: [],
  application: [],
  device: [],
});

export const isFiltered = (filters: FallbackFilters): boolean =>
  FACET_NAMES.some((name) => filters[name].length > 0);

/** The filters with one value more, or less where it was chosen. */
export function toggled(filters: FallbackFilters, name: FacetName, value: string): FallbackFilters {
  const before: readonly string[] = filters[name];
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  return { ...filters, [name]: after };
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

/**
 * Fallback step by step: as one line, or a line for each of the most frequent values of the split. By reason all lines are
 * shares of the same logins, those offered; by anything else each is a share of its own. Null for a reader who may not
 * know one of the points: the others and the whole would give it away.
 */
export function rateSeriesOf(
  cells: readonly RateCell[],
  { steps, split, grant }: { steps: number; split: FacetName | null; grant: Grant },
): RateSeries[] | null {
  const offeredAt = byStep(cells, steps).map((own) => sumOf(own.map(({ offered }) => offered)));
  const values = mostFrequent(cells, split);
  const series = values.map((value) => {
    const own = byStep(
      cells.filter((cell) => cell.value === value),
      steps,
    );
    const points = own.map(([cell], step): FallbackPoint => {
      const offered = split === "reason" ? (offeredAt[step] ?? 0) : (cell?.offered ?? 0);
      return toldShare(shareOf(cell?.fellBack ?? 0, offered, offered), grant);
    });
    return { value, points };
  });
  return series.some(({ points }) => points.includes(null)) ? null : series;
}

/** The values that come first: of reasons those of the most fallbacks, of anything else those of the most logins. */
function mostFrequent(cells: readonly RateCell[], split: FacetName | null): string[] {
  if (split === null) return [""];
  const counts = new Map<string, number>();
  for (const { value, offered, fellBack } of cells)
    counts.set(value, (counts.get(value) ?? 0) + (split === "reason" ? fellBack : offered));
  return [...counts]
    .filter(([, count]) => count > 0)
    .sort(([a, more], [b, less]) => less - more || (a < b ? -1 : 1))
    .slice(0, LINES_SHOWN)
    .map(([value]) => value);
}

type Counts = { offered: number; fellBack: number };
const NONE: Counts = { offered: 0, fellBack: 0 };

/**
 * A rate in both periods. There is one where so many people may have been behind it: `people` at most, and no more than
 * the logins themselves.
 */
function comparedOf(value: string, before: Counts | null, now: Counts, people: number): Compared {
  const shareIn = ({ offered, fellBack }: Counts) => shareOf(fellBack, offered, Math.min(people, offered));
  const [was, is] = [before && shareIn(before), shareIn(now)];
  const difference = was?.rate && is.rate ? differenceOf(was.rate, is.rate) : null;
  const reading = was?.rate && is.rate ? changeOf(was.rate, is.rate) : "too_few";
  return { value, before: was, now: is, difference, reading };
}

type Judged = { filters: FallbackFilters; hasBefore: boolean; people: number; grant: Grant };

/**
 * A facet's values in both periods, the most frequent now first. By reason each is a share of all offered. Null where one
 * of the values may not be told to this reader, as the others and the whole would give it away.
 */
export function comparedBy(
  facet: FacetName,
  cells: readonly FacetCell[],
  { filters, hasBefore, people, grant }: Judged,
): Compared[] | null {
  const own = cells.filter((cell) => cell.facet === facet);
  const [before, now] = [countsBy(own, 0), countsBy(own, 1)];
  const offeredIn = (counts: Map<string, Counts>) => sumOf([...counts.values()].map((one) => one.offered));
  const wholes = { before: offeredIn(before), now: offeredIn(now) };
  const of = (counts: Map<string, Counts>, value: string, whole: number): Counts => {
    const found = counts.get(value) ?? NONE;
    return facet === "reason" ? { offered: whole, fellBack: found.fellBack } : found;
  };
  const chosen: readonly string[] = filters[facet];
  const rows = [...new Set([...now.keys(), ...before.keys()])]
    .filter((value) => chosen.length === 0 || chosen.includes(value))
    .map((value) =>
      comparedOf(
        value,
        hasBefore ? of(before, value, wholes.before) : null,
        of(now, value, wholes.now),
        people,
      ),
    )
    .filter(({ before: was, now: is }) => (facet === "reason" ? is.count + (was?.count ?? 0) > 0 : true));
  if (rows.some((row) => isHidden(row, grant))) return null;
  return rows.sort((a, b) => b.now.count - a.now.count || (a.value < b.value ? -1 : 1));
}

const isHidden = ({ before, now }: Compared, grant: Grant): boolean =>
  [before, now].some((share) => share !== null && toldShare(share, grant) === null);

function countsBy(cells: readonly FacetCell[], period: 0 | 1): Map<string, Counts> {
  return new Map(
    cells
      .filter((cell) => cell.period === period)
      .map(({ value, offered, fellBack }) => [value, { offered, fellBack }]),
  );
}

/**
 * Both periods as wholes, with every filter; null where one of their parts is too small for this reader. It moved where the
 * interval of the difference leaves out that it did not; of many values side by side more is asked, that intervals part.
 */
export function wholeOf(
  cells: readonly FacetCell[],
  { filters, hasBefore, people, grant }: Judged,
): Compared | null {
  const of = (period: 0 | 1): Counts => {
    const own = cells.filter((cell) => cell.facet === "reason" && cell.period === period);
    const counted = own.filter(
      ({ value }) => filters.reason.length === 0 || (filters.reason as string[]).includes(value),
    );
    return {
      offered: sumOf(own.map(({ offered }) => offered)),
      fellBack: sumOf(counted.map(({ fellBack }) => fellBack)),
    };
  };
  const whole = comparedOf("", hasBefore ? of(0) : null, of(1), people);
  return isHidden(whole, grant) ? null : { ...whole, reading: movedOf(whole) };
}

function movedOf({ difference }: Compared): Compared["reading"] {
  if (difference === null) return "too_few";
  if (difference.low > 0) return "rise";
  return difference.high < 0 ? "fall" : "unclear";
}

/** The values a facet can be narrowed to: those of the period, those already chosen, and how many logins each has. */
export function choicesOf(facet: FacetName, cells: readonly FacetCell[], filters: FallbackFilters) {
  const counts = new Map<string, number>(filters[facet].map((value) => [value, 0]));
  for (const cell of cells) {
    if (cell.facet !== facet || cell.period !== 1) continue;
    const count = facet === "reason" ? cell.fellBack : cell.offered;
    if (count > 0 || counts.has(cell.value)) counts.set(cell.value, count);
  }
  return [...counts].sort(([a, more], [b, less]) => less - more || (a < b ? -1 : 1)).map(([value]) => value);
}

/** A day has trouble from the share of its calls that an hour without the API would take. */
const HOUR_OF_DAY = 1 / 24;

/** What is known of trouble at the API: its incidents since it is watched, and what logins' calls met. */
type KnownTrouble = {
  /** Of the API, the first one first. */
  incidents: readonly { openedAt: Date; logins: number | null }[];
  /** Null where nobody ever watched. */
  watchedSince: Date | null;
  calls: readonly CallCell[];
};

/**
 * Where trouble at the API began: each step's first incident that sent logins to the old way. Steps from before the API was
 * watched have runs of failing calls instead. What the reader may not know the count of is not marked.
 */
export function troublesOf(known: KnownTrouble, steps: TimeSteps, grant: Grant): { place: number }[] {
  const { starts } = steps;
  const watchedFrom = starts.findIndex((start) => known.watchedSince !== null && start >= known.watchedSince);
  const unwatched = watchedFrom < 0 ? starts.length : watchedFrom;
  const failing = byStep(known.calls, starts.length).map(
    ([cell], step) => step < unwatched && cell !== undefined && isTrouble(cell, steps, grant),
  );
  const began = failing.flatMap((isFailing, place) => (isFailing && !failing[place - 1] ? [{ place }] : []));
  const cost = known.incidents.filter(
    ({ logins }) => logins !== null && logins > 0 && !hidesSmall(grant, logins),
  );
  const opened = placesOf(
    cost.map(({ openedAt }) => openedAt),
    steps,
  ).filter(({ place }) => place >= unwatched);
  const stepOf = ({ place }: { place: number }) => Math.floor(place);
  return [
    ...began,
    ...opened.filter((one, index) => index === 0 || stepOf(one) !== stepOf(opened[index - 1] ?? one)),
  ];
}

/** Whether a step's calls mean trouble: an hour of which service health would say so, or a day with as much as such an hour. */
function isTrouble(cell: CallCell, { unit }: TimeSteps, grant: Grant): boolean {
  if (hidesSmall(grant, cell.errors, cell.calls - cell.errors)) return false;
  return unit === "hour"
    ? isApiTrouble(cell)
    : cell.calls >= TROUBLE_CALLS && cell.errors / cell.calls >= HOUR_OF_DAY;
}

/** Moments as places among the steps; those outside are left out. */
export const placesOf = (moments: readonly Date[], steps: TimeSteps): { place: number }[] =>
  moments.flatMap((at) => {
    const place = placeOf(steps, at);
    return place === null ? [] : [{ place }];
  });

/** Where it is worst: the value with the most fallbacks beyond what its logins would have at the rate of all. */
export function worstOf(
  rows: readonly Compared[],
): { value: string; ofFallbacks: number; ofOffered: number } | null {
  const fallbacks = sumOf(rows.map(({ now }) => now.count));
  const offered = sumOf(rows.map(({ now }) => now.of));
  const beyond = ({ now }: Compared) => now.count - (now.of * fallbacks) / offered;
  const [worst] = rows.filter(({ now }) => now.rate !== null).toSorted((a, b) => beyond(b) - beyond(a));
  if (worst === undefined || rows.length < 2 || !(beyond(worst) > 0)) return null;
  return {
    value: worst.value,
    ofFallbacks: worst.now.count / fallbacks,
    ofOffered: worst.now.of / offered,
  };
}

/** The reason that moved the most in the direction of the whole, in shares of offered logins. */
export function mainMoverOf(
  rows: readonly Compared[],
  whole: Compared,
): { value: string; share: number } | null {
  if (whole.difference === null) return null;
  const sign = Math.sign(whole.difference.share);
  const [most] = rows
    .flatMap(({ value, before, now }) =>
      before && before.of > 0 && now.of > 0
        ? [{ value, share: now.count / now.of - before.count / before.of }]
        : [],
    )
    .toSorted((a, b) => sign * (b.share - a.share));
  return most && sign * most.share > 0 ? most : null;
}

/** The date so many days before another. */
export function dayBefore(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - days);
  return at.toISOString().slice(0, 10);
}
