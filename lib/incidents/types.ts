import type { ApiProbe, Evidence, Part, Probe, TroubleCause } from "./schema.ts";

/** What one probe found: no cause where it is well, no time where no answer came. */
export type Finding = {
  probe: Probe;
  cause: TroubleCause | null;
  /** HTTP status of the answer; null where none came, or there is none. */
  status: number | null;
  latencyMs: number | null;
};

/** One round of all probes, and when it began. */
export type Round = { at: Date; findings: Finding[] };

/** A part in trouble at one moment. */
export type Trouble = { part: Part; cause: TroubleCause; evidence: Evidence; operations: ApiProbe[] };

/** An incident that is not over. */
export type OpenIncident = {
  id: string;
  part: Part;
  openedAt: Date;
  causes: TroubleCause[];
  evidence: Evidence[];
  operations: ApiProbe[];
  /** Since when nothing of it was seen any more; null while it is. */
  wellSince: Date | null;
};

/** What a round does to the incident of a part, or to the lack of one. */
export type IncidentStep =
  | { kind: "none" }
  | { kind: "open"; trouble: Trouble }
  | { kind: "go_on"; causes: TroubleCause[]; evidence: Evidence[]; operations: ApiProbe[] }
  | { kind: "rest"; since: Date }
  | { kind: "close"; at: Date };

/** Calls that logins made within the last minute, and why those failed that failed at the API. */
export type MinuteOfCalls = { calls: number; failed: { cause: TroubleCause; calls: number }[] };

/** What an incident cost so far: logins sent to the old way because of it, and how many people they were of. */
export type Impact = { logins: number; people: number };
