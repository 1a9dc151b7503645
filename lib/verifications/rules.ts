import type { FacetName, RollupCell, TimeWindow, VerificationFacets, VerificationFilters } from "./types.ts";

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
 * values stay although nothing is left of them.
 */
export function countFacet(
  cells: readonly RollupCell[],
  facets: VerificationFacets,
  name: FacetName,
): FacetValue[] {
  const others = { ...facets, [name]: [] };
  const counts = new Map<string, number>(facets[name].map((value) => [value, 0]));
  for (const cell of cells)
    if (passes(cell, others)) counts.set(cell[name], (counts.get(cell[name]) ?? 0) + cell.count);
  const chosen: readonly string[] = facets[name];
  return [...counts]
    .map(([value, count]) => ({ value, count, chosen: chosen.includes(value) }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** Whether a verification with these values is part of the list. */
export function passes(cell: Omit<RollupCell, "count">, facets: VerificationFacets): boolean {
  const has = (chosen: readonly string[], value: string) => chosen.length === 0 || chosen.includes(value);
  return (
    has(facets.outcome, cell.outcome) &&
    has(facets.reason, cell.reason) &&
    has(facets.modality, cell.modality) &&
    has(facets.channel, cell.channel) &&
    has(facets.source, cell.source)
  );
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
