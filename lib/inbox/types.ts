import type { Permission } from "#lib/auth/policy.ts";
import type { Viewer } from "#lib/auth/types.ts";
import type { Due, DueState, Regime } from "#lib/deadlines/types.ts";
import type { FoundRequest } from "#lib/requests/queries.ts";
import type { BatchState, DeletionReason, RequestState, Right } from "#lib/requests/types.ts";
import type { Cursor } from "#lib/verifications/types.ts";

/**
 * Who takes the next step: members with a right, except some of them; the person it is about; or Gatehouse, at a moment
 * or as soon as it can.
 */
export type Turn =
  | { by: "members"; permission: Permission; except: string[] }
  | { by: "person" }
  | { by: "gatehouse"; at: Date | null };

/** A member who can sign in, with what their turn depends on. */
export type Colleague = Pick<Viewer, "memberId" | "name" | "role">;

/** The same as a reader sees it: whether it is their turn, and by name whose it is besides. */
export type WhoIsNext =
  | { by: "members"; isYou: boolean; others: string[] }
  | { by: "person" }
  | { by: "gatehouse"; at: Date | null };

/** `REQ-2026-0147` or its beginning, from the year on. */
export const PROTOCOL_START = /^req-\d[\d-]*$/i;

export const INBOX_TABS = ["you", "open", "over", "soon", "closed"] as const;
export type InboxTab = (typeof INBOX_TABS)[number];

/** Whose turn a list is narrowed to. */
export const NEXT_FILTERS = ["you", "colleagues", "person", "gatehouse"] as const;
export type NextFilter = (typeof NEXT_FILTERS)[number];

/** What the list is narrowed to; an empty list lets everything pass. */
export type InboxFilters = {
  right: Right[];
  step: RequestState[];
  law: Regime[];
  next: NextFilter[];
};

export const INBOX_SORTS = ["due", "received", "protocol"] as const;
export type InboxSort = (typeof INBOX_SORTS)[number];
export type InboxOrder = { by: InboxSort; isDescending: boolean };

/** A request as a row of the list. */
export type InboxRow = {
  id: string;
  protocol: string;
  right: Right;
  state: RequestState;
  /** Known while the request is open. */
  customId: string | null;
  subjectRef: string;
  next: WhoIsNext | null;
  receivedAt: Date;
  decidedAt: Date | null;
  executeAt: Date | null;
  closedAt: Date | null;
  /** Of a closed one, as it stood at its end. */
  due: Due;
};

/** A list of people as a row above the requests. */
export type InboxList = {
  id: string;
  name: string;
  right: Right;
  /** Of one that the installation made: why its people are to be deleted. */
  ruledFor: Extract<DeletionReason, "retention_passed" | "rolled_back"> | null;
  state: BatchState;
  isPaused: boolean;
  next: WhoIsNext | null;
  /** Its requests that are closed, of all. */
  done: number;
  all: number;
  due: Due;
};

/** The open ones by how they stand. */
export type DueCounts = Record<Exclude<DueState, "closed">, number>;

/** What somebody who is about to open a request is told of the person. */
export type KnownPerson = {
  /** Our own id; null where nothing is enrolled under this CustomID. */
  personId: string | null;
  isOnHold: boolean;
  open: { id: string; protocol: string; right: Right }[];
};

/** What opening one of several rights came to. */
export type OpenedRight = { right: Right; id: string; protocol: string } & (
  | { isNew: true; due: Due }
  | { isNew: false }
);

/** What a search for requests found, and by what. */
export type RequestSearch =
  | { by: "protocol"; requests: FoundRequest[] }
  | { by: "person"; requests: FoundRequest[]; person: KnownPerson };

/** Where in the inbox somebody is. */
export type InboxPlace = {
  tab: InboxTab;
  filters: InboxFilters;
  order: InboxOrder;
  cursor: Cursor | null;
};

/** What the head of the inbox speaks of. */
export type InboxHeadFacts = {
  now: Date;
  open: number;
  yours: number;
  overdue: number;
  /** One of those that are late is late by a law's number. */
  isStatute: boolean;
  stuck: number;
  worst: { id: string; protocol: string; kind: "failed" | "unknown"; at: Date | null } | null;
  first: { protocol: string; lastDay: string } | null;
};

/** An open request, or list of people, among those due first. */
export type FirstDue = {
  kind: "request" | "list";
  id: string;
  /** The protocol, or what the list is called. */
  name: string;
  right: Right;
  /** Null of a list. */
  state: RequestState | null;
  next: WhoIsNext | null;
  due: Due;
};

/** What is due, in short. */
export type RequestsDue = { counts: Record<Exclude<InboxTab, "closed">, number>; first: FirstDue[] };
