/**
 * What the erasure ledger holds: that somebody was erased, or that somebody who had been was enrolled anew. It names
 * nobody: `ref` is an HMAC of the CustomID, keyed with the ledger's secret.
 */
export type LedgerFact =
  | { kind: "erasure"; ref: string; at: Date; requestId: string; protocol: string }
  | { kind: "enrolment"; ref: string; at: Date };

export type Erasure = { customId: string; requestId: string; protocol: string; at: Date };
export type LaterEnrolment = { customId: string; at: Date };

/** The part's way to the ledger. What an append has resolved is on the disk; it throws what the disk says. */
export type ErasureLedger = {
  /** How the ledger names a person. */
  refOf(customId: string): string;
  /** Before the erasure is called complete. Doing it again for one request says nothing new. */
  appendErasure(erasure: Erasure): Promise<void>;
  /** Before the enrolment of somebody who was erased is acknowledged. */
  appendEnrolment(enrolment: LaterEnrolment): Promise<void>;
  close(): Promise<void>;
};

/**
 * A line that cannot be believed: it was altered or is not ours (`unreadable`), or lines before it are gone (`missing`).
 * `torn` is the unfinished end of a file, which was never acknowledged.
 */
export type LedgerTrouble = { kind: "unreadable" | "missing" | "torn"; file: string; line: number };

/** What the ledger says of somebody whom the database names. */
export type Standing = {
  customId: string;
  /** The request that erased them last. */
  requestId: string;
  protocol: string;
  /** When they enrolled anew after that; null where they did not. */
  enrolledAt: Date | null;
};

/** What was made of one of them. */
export type PutRight =
  /** Their completed request is carried out once more. */
  | "reopened"
  /** The database knows of no completed one: a deletion was opened. */
  | "opened"
  /** An approved request of theirs is open and goes on by itself. */
  | "goes_on"
  /** Enrolled anew: left alone, and of their open requests none erases them. */
  | "left_alone";

/** What came of replaying the ledger on a restored database. */
export type Replay = Record<PutRight, number> & {
  /** Open requests of people enrolled anew that had been carried out: closed, wherever the backup holds them. */
  withdrawn: number;
  /** Deletions and requests that wait for the release of a legal hold which the restored database holds for standing. */
  held: string[];
  /** Everybody the ledger shows as erased and not enrolled anew, and as enrolled anew. */
  erasedInLedger: number;
  enrolledInLedger: number;
};
