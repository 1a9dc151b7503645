import type { RetentionValues } from "./schema.ts";

/** A version of the settings; version 0 is the defaults, which nobody chose. */
export type Retention = { version: number; values: RetentionValues };

/** A version with the time from which it was wanted. */
export type RetentionVersion = Retention & { changedAt: Date };

/** A change as the page lists it. */
export type RetentionChange = RetentionVersion & {
  /** Null for a member who is gone. */
  changedByName: string | null;
  reason: string;
};

/** A month of history as PostgreSQL's statistics know it: `rows` is an estimate, null before the first estimate. */
export type HistoryMonth = { month: string; rows: number | null };

/** What is held of one kind of data: its oldest entry, null when empty, and about how many rows. */
export type Holding = { oldestAt: Date | null; rows: number | null };

/** How many people were last active so many days ago, days of the installation's zone. */
export type IdleDay = { idleDays: number; people: number };

/** All whom retention may let go of, the longest inactive first; an estimate where only a part of the people was looked at. */
export type IdlePeople = { days: readonly IdleDay[]; isEstimate: boolean };

/** What a time would leave past it: everything before a moment, and about how many rows that is. */
export type Loss = { before: Date; rows: number | null };
