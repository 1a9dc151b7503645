import type { VerificationRow } from "#lib/verifications/types.ts";

/** What came in since the last time: the newest rows, and how many more there were. */
export type TailBatch = { rows: VerificationRow[]; passed: number };

/** A row as it travels: its time is text. */
export type SentRow = Omit<VerificationRow, "at"> & { at: string };

/** Why a tail ends for good: its session or its right to look ended. */
export type TailEnd = "session" | "right";

/** What a tail tells its page. */
export type TailEvent =
  | { type: "open" }
  | { type: "rows"; rows: SentRow[]; passed: number }
  /** The history cannot be read now; it goes on by itself. */
  | { type: "away" }
  /** Nothing came; the line stands. */
  | { type: "beat" }
  | { type: "end"; why: TailEnd };
