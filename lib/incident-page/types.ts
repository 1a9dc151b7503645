import type { ApiProbe, Evidence, Part, TroubleCause } from "#lib/incidents/schema.ts";

/** One incident with everything its own page tells of it; what it cost is told to its reader by the rules. */
export type WholeIncident = {
  id: string;
  part: Part;
  openedAt: Date;
  seenAt: Date;
  closedAt: Date | null;
  causes: TroubleCause[];
  evidence: Evidence[];
  operations: ApiProbe[];
  logins: number;
  people: number;
};

/** What was told of it, and to how many targets: those it reached, those it is still on its way to, those given up. */
export type TellingCount = {
  type: "incident.opened" | "incident.closed";
  at: Date;
  delivered: number;
  waiting: number;
  givenUp: number;
};

/** A use of the circuit's hand switch while it lasted. */
export type SwitchUse = { at: Date; heldUntil: Date | null; by: string | null; reason: string };

/** What happened in its course, in the order of time. */
export type IncidentMoment =
  | { kind: "opened" | "last_seen" | "closed"; at: Date }
  | { kind: "told"; at: Date; telling: TellingCount }
  | { kind: "held" | "given_back"; at: Date; use: SwitchUse }
  | { kind: "also"; at: Date; part: Part; incidentId: string };

/** A call of a login that failed at the API: nothing of the person, the picture or the login. */
export type FailedCall = {
  at: Date;
  operation: string | null;
  status: number | null;
  reason: string;
  tries: number;
  latencyMs: number | null;
};
