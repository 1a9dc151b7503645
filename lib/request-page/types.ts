import type { KeptCheckpoint } from "#lib/audit/types.ts";
import type { LogNames, LogState } from "#lib/audit-log/types.ts";
import type { Deadline, Due } from "#lib/deadlines/types.ts";
import type { WhoIsNext } from "#lib/inbox/types.ts";
import type { DocumentName } from "#lib/letters/types.ts";
import type { RequestRow } from "#lib/requests/queries.ts";
import type { AttemptKind, AttemptState, Preview, RecipientState } from "#lib/requests/types.ts";

/** The steps of a request as the page draws them; each right takes some of them. */
export const TRACK_STEPS = [
  "received",
  "identity",
  "review",
  "approval",
  "waiting",
  "capture",
  "deleting",
  "updating",
  "composing",
  "handing",
  "blocking",
  "proving",
  "verifying",
  "done",
  "ended",
] as const;
export type TrackStepName = (typeof TRACK_STEPS)[number];

export type TrackStep = {
  name: TrackStepName;
  state: "done" | "now" | "later";
  /** When it was done; null where it was not, or where nothing says when. */
  at: Date | null;
};

/** An act of carrying a request out, as the API answered it. */
export type AttemptLine = {
  id: string;
  number: number;
  kind: AttemptKind;
  state: AttemptState;
  code: string | null;
  apiStatus: number | null;
  answerSha256: string | null;
  at: Date;
};

export type RecipientLine = {
  id: string;
  name: string;
  state: RecipientState;
  note: string | null;
  settledBy: string | null;
  settledAt: Date | null;
};

/** An entry of the audit log about a request, with its leaf in hexadecimal once it is sealed. */
export type EvidenceLine = {
  id: string;
  at: Date;
  action: string;
  sequence: number | null;
  leaf: string | null;
  actorId: string | null;
};

/** What the reader may do about the request now. */
export type Offers = {
  askIdentity: boolean;
  confirmIdentity: boolean;
  assess: boolean;
  decide: boolean;
  sendBack: boolean;
  withdraw: boolean;
  /** Closed without a decision, for these reasons. */
  close: readonly ("duplicate" | "not_controller" | "unverified")[];
  extend: boolean;
  retry: boolean;
  /** The statement of what is held can be handed over. */
  handOver: boolean;
  /** A new picture can be taken. */
  capture: boolean;
  tell: boolean;
  excuse: boolean;
};

/** Why the reader cannot decide on what is proposed; null where they can or nothing waits for it. */
export type DecisionLock =
  | "not_second_person"
  | "not_your_role"
  | "preview_changed"
  | "approval_expired"
  | "decided_by_list"
  | "on_hold";

/** What an approval at this moment would bring. */
export type IfApproved = {
  executeAt: Date;
  /** The delay is cut so that the act is in time. */
  isShortened: boolean;
  /** From here on it would be. */
  shortensFrom: Date;
  isInTime: boolean;
};

/** Everything the page of a request shows. */
export type RequestPageData = {
  request: RequestRow;
  now: Date;
  /** Changes whenever the request does. */
  stamp: string;
  /** Our row of the person, while there is one. */
  personId: string | null;
  legalBasis: string | null;
  isOnHold: boolean;
  /** What goes and what stays: as it was assessed, before that as it would be now; null where nobody is named any more. */
  shown: Preview | null;
  shownDigest: string | null;
  presentDigest: string | null;
  isFixed: boolean;
  /** From when on nothing is added any more to what stays: the days until which it is kept are counted from here. */
  keptFrom: Date;
  track: TrackStep[];
  /** Whose turn it is, and who decides once it is proposed. */
  next: WhoIsNext | null;
  deciders: WhoIsNext | null;
  offers: Offers;
  decisionLock: DecisionLock | null;
  isSingleControl: boolean;
  delayHours: number;
  due: Due;
  deadlines: Deadline[];
  ifApproved: IfApproved | null;
  attempts: AttemptLine[];
  recipients: RecipientLine[];
  toTell: number;
  evidence: EvidenceLine[];
  names: LogNames;
  log: LogState;
  newestCheckpoint: KeptCheckpoint | null;
  mayVerify: boolean;
  documents: DocumentName[];
  /** The receipt is made and waits for its proof. */
  isMakingReceipt: boolean;
};
