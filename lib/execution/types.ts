import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Clock } from "#lib/clock.ts";
import type { ErasureLedger } from "#lib/ledger/types.ts";
import type { Multibiometrics } from "#lib/multibiometrics/types.ts";

/** What carrying requests out needs of its process. */
export type ExecutionDesk = {
  db: DatabaseOrTransaction;
  api: Pick<Multibiometrics, "delete">;
  ledger: Pick<ErasureLedger, "refOf" | "appendErasure">;
  clock: Clock;
  auditKey: Uint8Array;
  timeZone: string;
  /**
   * Longer than any call can live, on the way and at the API: so long after an act without an answer nothing of it can
   * still arrive, and only then is it asked what became of it.
   */
  quietMs: number;
};

/** How a turn ended: something was done, or why nothing was. */
export type TurnEnd =
  | "nothing_to_do"
  | "under_way"
  | "on_hold"
  | "enrolment_running"
  | "waits_for_recipients"
  | "went_on"
  | "completed";
