import type { FallbackPoint } from "#lib/fallback/types.ts";
import type { DeviceClass, FallbackReason } from "#lib/logins/schema.ts";
import type { Rate, Share } from "#lib/rates/types.ts";
import type { TimeRange, TimeSpan } from "#lib/time-steps.ts";

/** What fallback can be narrowed to and split by, each with the values chosen; none chosen means all. */
export type FallbackFilters = {
  /** Of fallbacks alone: which ones are counted as such. What was offered stays what it was. */
  reason: FallbackReason[];
  /** Exposure in force, in percent, as digits. */
  stage: string[];
  channel: string[];
  /** Ids of applications. */
  application: string[];
  device: DeviceClass[];
};
export const FACET_NAMES = [
  "reason",
  "stage",
  "channel",
  "application",
  "device",
] as const satisfies readonly (keyof FallbackFilters)[];
export type FacetName = (typeof FACET_NAMES)[number];

/** Days as a calendar names them, `2026-03-13`, the last one included. */
export type DayRange = { from: string; to: string };

/** What the period is held against: the one before, as many days from a chosen one, or the other side of a stage change. */
export type Against = { kind: "before" } | { kind: "days"; from: string } | { kind: "change"; at: Date };

/** What a reader asked to see; all of it is in the address. */
export type FallbackSearch = {
  span: TimeSpan;
  /** Chosen days instead of a span up to now. */
  days: DayRange | null;
  split: FacetName | null;
  against: Against;
  filters: FallbackFilters;
};

/** Offered logins of one step that share a value, and those of them that fell back. */
export type RateCell = { step: number; value: string; offered: number; fellBack: number };

/** The same of one of two periods (0 before, 1 now), for one value of one facet. */
export type FacetCell = Omit<RateCell, "step"> & { period: 0 | 1; facet: FacetName };

/** One line of a chart; null points may not be told to this reader. */
export type RateSeries = { value: string; points: FallbackPoint[] };

/** One value in both periods. */
export type Compared = {
  value: string;
  before: Share | null;
  now: Share;
  /** In the share, 0 to 1, with its 95 % interval; null where one of the two has no rate. */
  difference: Rate | null;
  reading: "rise" | "fall" | "unclear" | "too_few";
};

/** What is looked at, and what it is held against. */
export type Periods = { now: TimeRange; before: TimeRange | null };
