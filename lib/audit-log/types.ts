import type {
  AuditAction,
  AuditedEntity,
  KeptCheckpoint,
  LogVerification,
  SubjectRef,
} from "#lib/audit/types.ts";
import type { Role } from "#lib/members/schema.ts";
import type { Cursor, Order } from "#lib/verifications/types.ts";

/** The kinds of acts: each has an icon, a place in the filter, and says whether runs of it may be folded. */
export const ACT_KINDS = [
  "look",
  "search",
  "sign_in",
  "refusal",
  "member",
  "application",
  "rule",
  "person",
  "request",
  "rollout",
  "notification",
  "data",
  "audit",
] as const;
export type ActKind = (typeof ACT_KINDS)[number];

export const LOG_TIMES = ["today", "7d", "30d"] as const;
export type LogTime = (typeof LOG_TIMES)[number];

export const LOG_RESULTS = ["done", "refused"] as const;
export type LogResult = (typeof LOG_RESULTS)[number];

/** In place of a member's id: what the installation did by itself. */
export const SYSTEM = "system";

/** What the list is narrowed to. An empty list of values lets everything pass. */
export type LogFilters = {
  time: LogTime | null;
  /** First and last day, as YYYY-MM-DD in the installation's zone, where no `time` is chosen. */
  from: string | null;
  to: string | null;
  /** Members by their ids, and `system`. */
  who: string[];
  act: AuditAction[];
  object: AuditedEntity[];
  /** One thing of its kind, by our own id. */
  entity: { type: AuditedEntity; id: string } | null;
  result: LogResult[];
  /** One person, under every epoch that has a key. */
  whom: SubjectRef[];
};

export type LogPlace = {
  order: Order;
  cursor: Cursor | null;
  /** Entries whose run stands open, or all of them. */
  unfold: readonly string[] | "all";
};

/** An entry as it stands in the log. What an act of another version is called or tells may be unknown here. */
export type ReadEntry = {
  id: string;
  at: Date;
  /** Its place in the log from 0; null while it waits to be sealed. */
  sequence: number | null;
  action: string;
  entityType: string;
  entityId: string | null;
  outcome: LogResult;
  details: Readonly<Record<string, unknown>>;
  actorId: string | null;
  actorRole: Role | "system";
  subject: SubjectRef | null;
};

/** Routine entries one after the other that stand as one line, newest first. */
export type Fold = {
  entries: readonly ReadEntry[];
  kinds: { kind: ActKind; count: number }[];
};

export type LogRow = { fold: null; entry: ReadEntry } | { fold: Fold; entry?: never };

export type LogPage = { rows: LogRow[]; hasPrevious: boolean; hasNext: boolean };

/** The names of what entries tell of by id. */
export type LogNames = {
  members: Readonly<Record<string, string>>;
  applications: Readonly<Record<string, string>>;
};

/** That a member did something about a person, or looked at them. */
export type Look = { id: string; at: Date; action: string; who: string | null };

/** The whole log for the verifier, or the list as it is narrowed, for people. */
export const EXPORT_KINDS = ["log", "list"] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** An export that was asked for and may be fetched. */
export type OpenExport = { id: string; what: ExportKind; filters: LogFilters | null };

/** The last export that reached its end. */
export type DoneExport = {
  id: string;
  at: Date;
  by: string | null;
  what: ExportKind;
  entries: number;
  sha256: string;
};

/** How sure the log is at this moment. */
export type LogState = {
  /** Entries that have their place in the log. */
  sealed: number;
  /** Entries that wait for theirs, and since when; null where none does. */
  waiting: { count: number; since: Date } | null;
  /** The verification under way or waiting, and the last that was finished. */
  open: LogVerification | null;
  finished: LogVerification | null;
};

/** A checkpoint by its number, counted from the first, with its root in hexadecimal where the note can be read. */
export type CheckpointRow = KeptCheckpoint & { number: number; root: string | null };

/** Where an entry stands in the tree, and whether the newest checkpoint proves it. */
export type EntryPlace = {
  /** In hexadecimal. */
  leaf: string;
  /** The first checkpoint that covers it; null where none does yet. */
  signedIn: { treeSize: number; signedAt: Date } | null;
  /** Null where no checkpoint covers it yet. */
  inclusion: { isProven: boolean; steps: number } | null;
};
