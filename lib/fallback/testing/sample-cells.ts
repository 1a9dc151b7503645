import type { LoginCell } from "../types.ts";

/** Logins of one step that completed with biometrics at 100 %, unless told otherwise. */
export const sampleCell = (step: number, count: number, fields: Partial<LoginCell> = {}): LoginCell => ({
  step,
  exposurePercent: 100,
  path: "biometric",
  pathReason: "exposed",
  outcome: "completed_biometric",
  fallbackReason: "none",
  count,
  lockedOut: 0,
  ...fields,
});

/** Fallbacks of one step, for a reason. */
export const sampleFallback = (
  step: number,
  count: number,
  fallbackReason: LoginCell["fallbackReason"] = "capture_quality",
): LoginCell => sampleCell(step, count, { outcome: "fell_back", fallbackReason });

/** Logins of enrolled people whom the rollout kept on the legacy path. */
export const sampleKeptApart = (step: number, count: number, fields: Partial<LoginCell> = {}): LoginCell =>
  sampleCell(step, count, {
    path: "legacy",
    pathReason: "not_exposed",
    outcome: "completed_legacy",
    ...fields,
  });
