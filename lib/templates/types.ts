import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Clock } from "#lib/clock.ts";
import type { BatchState } from "#lib/requests/types.ts";
import type { TemplateChoice } from "#lib/rollout/schema.ts";

/** A list of deletions that a choice to erase led to. */
export type SettlementList = { id: string; name: string; state: BatchState; rows: number };

/** What was chosen last for a rolled-back rollout, and how far the worker is with it. */
export type TemplatesProgress = {
  settlementId: string;
  choice: TemplateChoice;
  chosenBy: string;
  chosenAt: Date;
  reason: string;
  /** How many people it is about, and for how many something was done: suspended, let in again, put on a list. */
  people: number;
  settled: number;
  /** Null while the worker is not through. */
  doneAt: Date | null;
  /** Those who keep theirs were suspended by an earlier choice, and are let in again. */
  isLifting: boolean;
  /** The newest first. */
  lists: SettlementList[];
  /** So many of their deletions were carried out. */
  erased: number;
};

/** A rollout that was rolled back, as the page offers it. */
export type RolledBack = {
  id: string;
  build: string;
  startedAt: Date;
  endedAt: Date;
  templatesChoice: TemplateChoice | null;
};

/** What the page of a rolled-back rollout shows. */
export type TemplatesData = {
  rollout: RolledBack;
  /** How many enrolled since it started and before the next one did. */
  enrolled: number;
  progress: TemplatesProgress | null;
  standing: TemplatesStanding;
  /** The list that has to come to its end before another choice. */
  openList: SettlementList | null;
  chosenBy: string | null;
  /** What changes whenever any of this does. */
  stamp: string;
  others: RolledBack[];
  mayChoose: boolean;
  mayReadLists: boolean;
};

/** Where the biometrics of a rolled-back rollout stand, for the sentence of the page. */
export type TemplatesStanding =
  | "none_enrolled"
  | "not_chosen"
  | "kept"
  | "lifting"
  | "lifted"
  | "suspending"
  | "suspended"
  | "listing"
  | "nobody_listed"
  | "to_approve"
  | "erasing"
  | "erased"
  | "withdrawn";

export type SettleRefusal =
  | "not_found"
  | "not_rolled_back"
  /** Somebody chose meanwhile. */
  | "stale_choice"
  /** Deletions of the choice before are still decided on or carried out; that list comes to its end or is withdrawn first. */
  | "list_open";

/** What carrying a choice out needs of its process. */
export type SettlementDesk = {
  db: DatabaseOrTransaction;
  clock: Clock;
  auditKey: Uint8Array;
  timeZone: string;
};
