import { isSmall } from "#lib/rates/rules.ts";
import type { TimeRange } from "#lib/time-steps.ts";
import {
  FACET_NAMES,
  type FacetName,
  type RollupCell,
  type TimeBar,
  type VerificationFacets,
  type VerificationFilters,
} from "./types.ts";

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
  apiStatus: [],
  device: [],
  source: [],
});

const BUNCHED_SHARE = 0.6;
const BUNCHED_AT_MOST = 1 / 8;
const BUNCHED_FROM_COUNT = 10;

/**
 * The shortest run of bars that holds most of the trouble at the API, if there is enough of it to speak of and the run
 * is short against the window; else null.
 */
export function bunchOfTrouble(bars: readonly TimeBar[], windowTo: Date): TimeRange | null {
  const errors = bars.map(({ apiErrors }) => apiErrors);
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
export const hasSmallBar = (bars: readonly Pick<TimeBar, "all">[]): boolean =>
  bars.some(({ all }) => isSmall(all));

/** The filters with one value more, or less where it was chosen. */
export function toggled(filters: VerificationFilters, name: FacetName, value: string): VerificationFilters {
  const before: readonly string[] = filters[name];
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  return { ...filters, [name]: after };
}

/** How many verifications pass the filters. */
export const totalOf = (cells: readonly RollupCell[], facets: VerificationFacets): number =>
  cells.reduce((sum, cell) => (passes(cell, facets) ? sum + cell.count : sum), 0);

/** The places of the bars that lie within the limits, the last one not included. */
export function placesOf(
  bars: readonly Pick<TimeBar, "at">[],
  { from, to }: TimeRange,
): { from: number; to: number } {
  const first = bars.findIndex(({ at }) => at >= from);
  const end = bars.findIndex(({ at }) => at >= to);
  const place = { from: Math.max(0, first), to: end < 0 ? bars.length : end };
  // A range before the window has no bar: the first one stands for it.
  return place.to > place.from ? place : { from: 0, to: 1 };
}

/** Whether a value is chosen in any facet. */
export const hasFacets = (facets: VerificationFacets): boolean =>
  FACET_NAMES.some((name) => facets[name].length > 0);

/** Whether anything but the window narrows the list. */
export const isFiltered = (filters: VerificationFilters): boolean =>
  filters.range !== null || hasFacets(filters);
