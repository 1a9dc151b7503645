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
