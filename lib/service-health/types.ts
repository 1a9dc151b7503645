/** How far biometric login is opened, by our own intent, and which gateways run on exactly that intent. */
export type Exposure = {
  exposurePercent: number;
  /** Of the intent: an act says which one it was meant for. */
  version: number;
  halted: boolean;
  /** Until when an administrator holds the circuit to the API open; null where nobody does. */
  circuitHeldUntil: Date | null;
  confirmedGateways: number;
  runningGateways: number;
};

export type PartName = "gateway" | "api" | "database" | "unleash";

/** One part as it answered just now. */
export type PartCheck = { part: PartName; ok: boolean; latencyMs: number | null };

/** API calls of one step of time, and those of them that ended in trouble at the API. */
export type CallCell = { step: number; calls: number; errors: number };

/** Calls of one step whose time fell into one bucket of lib/recording/rules.ts. */
export type LatencyCell = { step: number; bucket: number; count: number };

/** The API as our own calls saw it on one day; the counts are null where this reader may not know them. */
export type ApiDay = {
  at: Date;
  state: "working" | "some_errors" | "failing" | "unknown";
  counts: { calls: number; errors: number } | null;
};

export type LatencyPoint = { p50Ms: number; p95Ms: number; calls: number };

/** Verifications of logins within the last hour, and those of them that ended in trouble at the API. */
export type LastCalls = { calls: number; errors: number };
