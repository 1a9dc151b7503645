import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Clock } from "#lib/clock.ts";
import type { TrialTrouble } from "./schema.ts";

/** Where trials of the legacy login go, as they are set now. */
export type Probe = {
  url: string;
  everyMinutes: number;
  sealedSecret: string | null;
  changedAt: Date;
};

/** One trial: null trouble where the login worked; the status where the endpoint answered. */
export type Trial = {
  id: string;
  at: Date;
  trouble: TrialTrouble | null;
  status: number | null;
  tookMs: number;
};

/** How the legacy login did by its trials of the last two days. */
export type LegacyProof = {
  /** Null where nobody gave an address, or took it away. */
  everyMinutes: number | null;
  worked: number;
  failed: number;
  last: Trial | null;
  /** How many failed since one worked, however long ago. */
  failedInARow: number;
};

/** What the proof comes down to. `late`: the worker should have tried by now. */
export type LegacyAnswer = "nobody" | "not_yet" | "failing" | "late" | "works";

/** What a trial needs of its process. */
export type ProbeDesk = { db: DatabaseOrTransaction; secretKey: Uint8Array; clock: Clock };
