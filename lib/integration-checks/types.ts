import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Clock } from "#lib/clock.ts";
import type { LabAddress } from "#lib/contract-checks/lab.ts";
import type {
  ApiKind,
  CheckGroup,
  CheckId,
  Fact,
  Finding,
  ShownExchange,
  Verdict,
} from "#lib/contract-checks/types.ts";
import type { ApiFailureCode, Multibiometrics } from "#lib/multibiometrics/types.ts";

/** The channel a run that was asked for, or is to stop, is announced on. */
export const INTEGRATION_CHANNEL = "integration_checks";

/** `cut_off`: whoever made it ended on the way. */
export const RUN_STATES = ["asked", "running", "finished", "stopped", "cut_off"] as const;
export type RunState = (typeof RUN_STATES)[number];

/** What making a run needs of its process. */
export type RunDesk = {
  db: DatabaseOrTransaction;
  address: LabAddress;
  api: Pick<Multibiometrics, "delete">;
  clock: Clock;
  signal?: AbortSignal;
  /** So long after a call nothing of it can still arrive. */
  quietMs: number;
};

/** The API that is configured: what it is, and what of its key may be shown. */
export type CheckedApi = { origin: string; kind: ApiKind; keyEnd: string };

export type RunRow = {
  id: string;
  origin: string;
  kind: ApiKind;
  keyEnd: string;
  askedBy: string | null;
  askedAt: Date;
  state: RunState;
  startedAt: Date | null;
  stopAskedAt: Date | null;
  endedAt: Date | null;
  checks: number;
  callsAtMost: number;
};

/** One check as the page shows it; without a verdict while it is being made, or where the run was cut off in it. */
export type ResultRow = {
  checkId: CheckId;
  verdict: Verdict | null;
  findings: Finding[];
  code: ApiFailureCode | null;
  tookMs: number | null;
  exchanges: ShownExchange[];
  decisive: number | null;
};

/** A check of the plan with what came of it, if it was made. */
export type ShownCheck = { id: CheckId; group: CheckGroup; call: string; result: ResultRow | null };

export type ObservedFact = { fact: Fact; value: string; runId: string; observedAt: Date };

/** Of the newest run: how its verdicts are spread. */
export type VerdictCounts = Record<Verdict, number>;

/** One open point of the contract: what was assumed, and what was seen, if it was. */
export type ShownFact = { fact: Fact; assumed: string; observed: string | null; isDifferent: boolean };
