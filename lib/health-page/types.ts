import type { ApiProbe, Part, Probe, TroubleCause } from "#lib/incidents/schema.ts";

/** What a probe found last. */
export type Standing = {
  probe: Probe;
  at: Date;
  cause: TroubleCause | null;
  status: number | null;
  since: Date;
};

/** Rounds of one probe within one step of time, and those in which it failed. */
export type ProbeCell = { probe: Probe; step: number; asked: number; failed: number };

/** Answers of one probe within the last day, by how long they took. */
export type ProbeLatency = { probe: Probe; bucket: number; count: number };

/** One incident as it is told. */
export type Incident = {
  id: string;
  part: Part;
  openedAt: Date;
  closedAt: Date | null;
  causes: TroubleCause[];
  operations: ApiProbe[];
  /** Null where so small a number may not be told to this reader. */
  logins: number | null;
  people: number | null;
};

export type DayState = "working" | "some_errors" | "failing" | "unknown";

/** A day of one line: how much of what was asked failed; null where nothing was asked. */
export type HealthDay = { at: Date; state: DayState; failedShare: number | null };

/** A part, or a call of the API, as one line of the table. */
export type HealthLine = {
  line: Part | ApiProbe;
  days: HealthDay[];
  /** Share of what was asked in all days that did not fail, 0 to 1; null where nothing was asked. */
  upShare: number | null;
  p50Ms: number | null;
  p95Ms: number | null;
  /** `unknown`: not asked lately, or never. */
  now: "working" | "trouble" | "unknown";
  cause: TroubleCause | null;
  askedAt: Date | null;
};

/** What is the matter now, for the heading. */
export type Verdict =
  | { kind: "unwatched"; since: Date | null }
  | { kind: "trouble"; incident: Incident }
  | { kind: "over"; incident: Incident }
  | { kind: "well" };

/** API calls of logins that failed for one reason within the last day. */
export type ErrorCount = { reason: string; calls: number };

/** What trouble at the API cost logins that were offered the path: sent to the old way, and what is known of how that ended. */
export type TroubleCost = { offered: number; toLegacy: number; gotIn: number; unreported: number };

/** A gateway and the circuit it calls the API through. */
export type GatewayCircuit = { name: string; seenAt: Date; circuit: string };
