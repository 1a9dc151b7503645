import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Clock } from "#lib/clock.ts";
import type { Regime } from "#lib/deadlines/types.ts";
import type {
  BATCH_STATES,
  BatchRowState,
  BatchState,
  BatchTrouble,
  Channel,
  IdentityMethod,
  Preview,
  RequestState,
  Right,
} from "#lib/requests/types.ts";
import type { TableTrouble } from "#lib/tables/types.ts";

/** The most that one file may hold. */
export const MOST_ROWS = 10_000;
export const MOST_BYTES = 2 * 1024 * 1024;

/** What a list can ask for: a rectification needs each person's new picture. */
export const LIST_RIGHTS = [
  "erasure",
  "access",
  "consent_withdrawal",
  "block",
] as const satisfies readonly Right[];

/** How the people of a list reached the company. */
export const LIST_CHANNELS = [
  "list",
  "email",
  "phone",
  "letter",
  "counter",
  "portal",
] as const satisfies readonly Channel[];

/** What moves a list on. */
export const BATCH_ACTS = [
  "finish_check",
  "assess",
  "find_none",
  "propose",
  "approve",
  "start",
  "complete",
  "withdraw",
] as const;
export type BatchAct = (typeof BATCH_ACTS)[number];

/** Those of its states in which the worker has something to do. */
export const WORKED_STATES = [
  "checking",
  "opening",
  "approving",
  "running",
  "withdrawn",
] as const satisfies readonly (typeof BATCH_STATES)[number][];

/** Why a file cannot be taken for a list of people. */
export type ListTrouble = TableTrouble | "no_rows" | "no_column";

export type ListedRow = { line: number; customId: string };
export type ExaminedList =
  | { ok: true; rows: ListedRow[]; sha256: string }
  | { ok: false; trouble: ListTrouble; line: number | null };

/** Why an act on a list was refused. */
export type BatchRefusal =
  | "not_found"
  | "stale_version"
  | "illegal_step"
  | "nothing_good"
  | "not_second_person"
  | "preview_changed"
  | "approval_expired";

/** A list as its page shows it. */
export type Batch = {
  id: string;
  name: string;
  right: Right;
  regimes: Regime[];
  state: BatchState;
  version: number;
  channel: Channel;
  /** Null where the retention's rule made the list, which came from no file and from nobody. */
  identityMethod: IdentityMethod | null;
  fileName: string | null;
  rows: number;
  receivedAt: Date;
  dueAt: Date;
  openedBy: string | null;
  /** Of a list by retention: nobody in it was active since. */
  inactiveBefore: Date | null;
  openedAt: Date;
  assessedBy: string | null;
  assessedAt: Date | null;
  assessment: string | null;
  preview: Preview | null;
  previewDigest: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  isSingleControl: boolean;
  executeAt: Date | null;
  peoplePerMinute: number | null;
  pausedAt: Date | null;
  closedAt: Date | null;
};

/** How many rows are in each state, and how many of those left out for each reason. */
export type RowCounts = {
  byState: Record<BatchRowState, number>;
  byTrouble: Partial<Record<BatchTrouble, number>>;
};

/** How many of its requests are in each state. */
export type RequestCounts = Partial<Record<RequestState, number>>;

/** How far the requests of a list are, in people. */
export type BatchProgress = {
  /** All that are decided with it. */
  people: number;
  done: number;
  /** Sent, and being proven. */
  underWay: number;
  unknown: number;
  waiting: number;
  failed: number;
  /** Taken back, or closed otherwise. */
  withdrawn: number;
};

export type LeftOutRow = {
  line: number;
  customId: string | null;
  trouble: BatchTrouble;
  fact: string | null;
};

/** One of its requests, as the list of results shows it. */
export type BatchResult = {
  requestId: string;
  line: number | null;
  protocol: string;
  state: RequestState;
  /** What was done last, and how it ended. */
  attempt: { kind: string; state: string; code: string | null } | null;
  nextTryAt: Date | null;
  at: Date | null;
};

/** What the worker needs to go on with lists. */
export type BatchDesk = {
  db: DatabaseOrTransaction;
  clock: Clock;
  auditKey: Uint8Array;
  timeZone: string;
  /** How long an approved request waits. */
  delayHours: number;
  /** The worker is about to end: nothing new is begun. */
  signal: AbortSignal;
};

/** What changes by itself while a list is worked on. */
export type BatchFigures = {
  state: BatchState;
  version: number;
  rows: RowCounts;
  progress: BatchProgress;
  /** When they were counted, in milliseconds. */
  at: number;
};
