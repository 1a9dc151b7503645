import type { Right } from "#lib/requests/types.ts";

/** The laws whose clocks are known here. */
export const REGIMES = ["lgpd", "gdpr"] as const;
export type Regime = (typeof REGIMES)[number];

/** A time as its rule counts it. The day of receipt never counts. */
export type Term =
  | { unit: "calendar_days"; count: number }
  | { unit: "working_days"; count: number }
  | { unit: "calendar_months"; count: number };

/** One right under one law. `source` says whose number it is: the law's, or ours where the law has none. */
export type DeadlineRule = {
  regime: Regime;
  right: Right;
  /** As it is cited, such as `art. 19 II`. */
  article: string;
  /** The article that sets the number, where the right itself stands in another. */
  numberFrom?: string;
  source: "statute" | "internal_target";
  term: Term;
  /** By how many months an answer may be put off where the reasons are told within the first term. */
  extensionMonths: number;
  /** Whether the clock stands still while a question about who is asking is open. */
  pausesForIdentity: boolean;
};

/** Rules that were in force together; a request keeps the version it was received under. */
export type RuleTable = { version: string; rules: readonly DeadlineRule[] };

/** What the clock of a request depends on. Moments, never days: days are counted in the installation's zone. */
export type Clock = {
  receivedAt: Date;
  /** When an extension was told to the person, with its reasons; null where none was. */
  extendedAt: Date | null;
  /** Questions about who is asking; the last may still be open. */
  identityQuestions: readonly { askedAt: Date; answeredAt: Date | null }[];
};

/** One law's answer to "until when?". */
export type Deadline = {
  regime: Regime;
  article: string;
  /** The article that sets the number of `term`; of a target of our own, the one it serves. */
  numberFrom: string;
  source: DeadlineRule["source"];
  /** As it counts, an extension included. */
  term: Term;
  ruleVersion: string;
  /** The last day in time, `2026-03-13` in the installation's zone. */
  lastDay: string;
  /** The first moment that is too late. */
  overdueFrom: Date;
  /** Whether the extension counts: only one that was told within the first term does. */
  isExtended: boolean;
};

export type DueState = "on_track" | "due_soon" | "overdue" | "closed";

/** How a request stands against the deadline that counts. */
export type Due = Deadline & {
  state: DueState;
  /** Whole days to the last day in the installation's zone: 0 on the day itself, below it when that has passed. */
  daysLeft: number;
};
