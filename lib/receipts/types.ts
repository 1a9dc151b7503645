import type { LogEntry } from "#lib/audit/types.ts";
import type { Regime } from "#lib/deadlines/types.ts";
import type {
  AttemptKind,
  AttemptState,
  Channel,
  DeletionReason,
  IdentityMethod,
  PreviewItem,
  RecipientState,
  Right,
} from "#lib/requests/types.ts";

/** What a receipt calls itself; the version grows when a reader of the last one would be wrong. */
export const RECEIPT_FORMAT = "gatehouse-receipt";
export const RECEIPT_VERSION = 1;

/** One act of carrying the request out, as the API answered it. */
export type ReceiptAttempt = {
  number: number;
  round: number;
  kind: AttemptKind;
  state: AttemptState;
  code: string | null;
  apiStatus: number | null;
  answerSha256: string | null;
  intendedAt: string;
  settledAt: string | null;
};

/**
 * What was done about one request, fixed when it was completed. Members and recipients stand in it by our own ids, the
 * person by the reference of the audit log: it is kept for years, and handed to people who must not learn more.
 */
export type ReceiptBody = {
  protocol: string;
  requestId: string;
  /** 1, and one more for each time that a restored database brought the person back. */
  round: number;
  reopenedAfterRestore: boolean;
  right: Right;
  deletionReason: DeletionReason | null;
  /** The articles that give the right, such as `LGPD art. 18 VI`. */
  grounds: string[];
  legalBasis: string | null;
  channel: Channel;
  identityMethod: IdentityMethod | null;
  subject: { ref: string; epoch: number };
  dates: {
    receivedAt: string;
    openedAt: string;
    identityCheckedAt: string | null;
    assessedAt: string | null;
    decidedAt: string | null;
    executeAt: string | null;
    completedAt: string;
  };
  actors: {
    openedBy: string | null;
    applicationId: string | null;
    identityCheckedBy: string | null;
    assessedBy: string | null;
    decidedBy: string | null;
  };
  singleControl: boolean;
  /** Exactly what was approved, and the SHA-256 the approval was bound to. */
  preview: { digest: string | null; goes: PreviewItem[]; stays: PreviewItem[] };
  attempts: ReceiptAttempt[];
  /** The attempt that shows the result: nobody found any more, or the new sample matched. */
  probe: { attempt: number; kind: AttemptKind; code: string | null } | null;
  recipients: {
    recipientId: string;
    state: RecipientState;
    settledBy: string | null;
    settledAt: string | null;
  }[];
  /** Null where nobody asked anew: a restored database brought the person back. */
  deadline: {
    regime: Regime;
    article: string;
    source: "statute" | "internal_target";
    ruleVersion: string;
    lastDay: string;
    overdueFrom: string;
    isExtended: boolean;
    isMet: boolean;
  } | null;
};

/** A whole receipt: its body, the entry of the audit log that carries its digest, and what proves the entry's place. */
export type ReceiptFile = {
  format: typeof RECEIPT_FORMAT;
  version: typeof RECEIPT_VERSION;
  body: ReceiptBody;
  /** `entry.sequence` is the leaf's index. */
  entry: LogEntry;
  /** RFC 9162 inclusion proof, in hexadecimal, from the bottom up. */
  proof: string[];
  /** The checkpoint that covers the entry, a C2SP signed note. */
  checkpoint: string;
};
