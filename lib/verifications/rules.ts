import {
  FACET_NAMES,
  type FacetName,
  type RollupBar,
  type RollupCell,
  TIME_WINDOWS,
  type TimeRange,
  type TimeWindow,
  type VerificationFacets,
  type VerificationFilters,
} from "./types.ts";

const WINDOW_MINUTES: Record<TimeWindow, number> = { "1h": 60, "24h": 1440, "7d": 10_080, "30d": 43_200 };
/** Width of one bar of the time line, in minutes: about fifty bars in every window. */
const BAR_MINUTES: Record<TimeWindow, number> = { "1h": 1, "24h": 30, "7d": 240, "30d": 720 };
/** Readers without names see no count of fewer people than this: it could point at somebody. */
export const SMALLEST_CELL = 5;
const MINUTE_MS = 60_000;

export const barMinutesOf = (window: TimeWindow): number => BAR_MINUTES[window];

/** The window's limits: from a full bar on, so that the rollups answer exactly for what the list shows. */
export function limitsOf(window: TimeWindow, now: Date): { from: Date; to: Date } {
  const barMs = BAR_MINUTES[window] * MINUTE_MS;
  const to = new Date(Math.floor(now.getTime() / barMs) * barMs + barMs);
  return { from: new Date(to.getTime() - WINDOW_MINUTES[window] * MINUTE_MS), to };
}

/** The limits the list keeps to: the range chosen on the time line, else the whole window. */
export function limitsOfList(filters: VerificationFilters, now: Date): { from: Date; to: Date } {
  return filters.range ?? limitsOf(filters.window, now);
}

export type FacetValue = { value: string; count: number; chosen: boolean };

/**
 * Counts every value of a facet among the verifications that pass all the other facets, most frequent first. Chosen
 * values stay although nothing is left of them; a check by staff has no application and counts under none.
 */
export function countFacet(
  cells: readonly RollupCell[],
  facets: VerificationFacets,
  name: FacetName,
): FacetValue[] {
  const others = { ...facets, [name]: [] };
  const counts = new Map<string, number>(facets[name].map((value) => [value, 0]));
  for (const cell of cells)
    if (cell[name] !== "" && passes(cell, others))
      counts.set(cell[name], (counts.get(cell[name]) ?? 0) + cell.count);
  const chosen: readonly string[] = facets[name];
  return [...counts]
    .map(([value, count]) => ({ value, count, chosen: chosen.includes(value) }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** Whether a verification with these values is part of the list. */
export function passes(cell: Omit<RollupCell, "count">, facets: VerificationFacets): boolean {
  return FACET_NAMES.every((name) => {
    const chosen: readonly string[] = facets[name];
    return chosen.length === 0 || chosen.includes(cell[name]);
  });
}

/** No value chosen in any facet. */
export const noFacets = (): VerificationFacets => ({
  outcome: [],
  reason: [],
  modality: [],
  stage: [],
  channel: [],
  application: [],
  source: [],
});

/**
 * The filters as the list can answer for them: the shortest window that holds the range asked for, and the range as
 * whole bars of that window, so that the rollups count exactly what is listed. An old address stays good for 30 days.
 */
export function settledFilters(filters: VerificationFilters, now: Date): VerificationFilters {
  const { range } = filters;
  if (range === null) return filters;
  const wide = TIME_WINDOWS.slice(TIME_WINDOWS.indexOf(filters.window));
  const window = wide.find((one) => range.from >= limitsOf(one, now).from) ?? "30d";
  const barMs = BAR_MINUTES[window] * MINUTE_MS;
  const from = new Date(Math.floor(range.from.getTime() / barMs) * barMs);
  const to = new Date(Math.ceil(range.to.getTime() / barMs) * barMs);
  return { ...filters, window, range: { from, to } };
}

const BUNCHED_SHARE = 0.6;
const BUNCHED_AT_MOST = 1 / 8;
const BUNCHED_FROM_COUNT = 10;

/**
 * The shortest run of bars that holds most of the trouble at the API, if there is enough of it to speak of and the run
 * is short against the window; else null.
 */
export function bunchOfTrouble(bars: readonly RollupBar[], windowTo: Date): TimeRange | null {
  const errors = bars.map(({ cells }) =>
    cells.reduce((sum, cell) => sum + (cell.outcome === "api_error" ? cell.count : 0), 0),
  );
  const all = errors.reduce((sum, count) => sum + count, 0);
  if (all < BUNCHED_FROM_COUNT) return null;
  let best: { first: number; last: number } | null = null;
  let held = 0;
  let first = 0;
  for (const [last, count] of errors.entries()) {
    held += count;
    while (held - (errors[first] ?? 0) >= all * BUNCHED_SHARE) held -= errors[first++] ?? 0;
    const isShorter = best === null || last - first < best.last - best.first;
    if (held >= all * BUNCHED_SHARE && isShorter) best = { first, last };
  }
  if (best === null || best.last - best.first + 1 > bars.length * BUNCHED_AT_MOST) return null;
  const from = bars[best.first]?.at;
  return from === undefined ? null : { from, to: bars[best.last + 1]?.at ?? windowTo };
}

export type Tally = {
  all: number;
  notMatched: number;
  apiErrors: number;
  commonest: RollupCell["reason"] | null;
};

/** The figures of the page's first sentence: all verifications, those that did not match, and why most often. */
export function tallyOf(cells: readonly RollupCell[]): Tally {
  const reasons = new Map<RollupCell["reason"], number>();
  const tally: Tally = { all: 0, notMatched: 0, apiErrors: 0, commonest: null };
  for (const { outcome, reason, count } of cells) {
    tally.all += count;
    if (outcome === "matched") continue;
    tally.notMatched += count;
    if (outcome === "api_error") tally.apiErrors += count;
    const ofReason = (reasons.get(reason) ?? 0) + count;
    reasons.set(reason, ofReason);
    if (tally.commonest === null || ofReason > (reasons.get(tally.commonest) ?? 0)) tally.commonest = reason;
  }
  return tally;
}

/** Whether a bar of the time line counts so few verifications that it could point at somebody. */
export const hasSmallBar = (bars: readonly { cells: readonly { count: number }[] }[]): boolean =>
  bars.some(({ cells }) => {
    const all = cells.reduce((sum, { count }) => sum + count, 0);
    return all > 0 && all < SMALLEST_CELL;
  });

/** The filters with one value more, or less where it was chosen. */
export function toggled(filters: VerificationFilters, name: FacetName, value: string): VerificationFilters {
  const before: readonly string[] = filters[name];
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  return { ...filters, [name]: after };
}

/** How many verifications pass the filters. */
export const totalOf = (cells: readonly RollupCell[], facets: VerificationFacets): number =>
  cells.reduce((sum, cell) => (passes(cell, facets) ? sum + cell.count : sum), 0);

/** Each bar of the time line with all its verifications and those that pass the filters. */
export const countBars = (bars: readonly RollupBar[], facets: VerificationFacets) =>
  bars.map(({ at, cells }) => ({ at, all: totalOf(cells, noFacets()), shown: totalOf(cells, facets) }));

/** The places of the bars that lie within the limits, the last one not included. */
export function placesOf(
  bars: readonly Pick<RollupBar, "at">[],
  { from, to }: TimeRange,
): { from: number; to: number } {
  const first = bars.findIndex(({ at }) => at >= from);
  const end = bars.findIndex(({ at }) => at >= to);
  const place = { from: Math.max(0, first), to: end < 0 ? bars.length : end };
  // A range before the window has no bar: the first one stands for it.
  return place.to > place.from ? place : { from: 0, to: 1 };
}

/** Whether anything but the window narrows the list. */
export const isFiltered = (filters: VerificationFilters): boolean =>
  filters.range !== null || FACET_NAMES.some((name) => filters[name].length > 0);
