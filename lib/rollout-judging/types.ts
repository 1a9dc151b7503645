import type { ARMS } from "#lib/rollout/schema.ts";
import type { VerdictReason } from "#lib/rollout-evidence/schema.ts";
import type { GateVerdict, StageInputs, Verdict } from "#lib/rollout-evidence/types.ts";

export type Arm = (typeof ARMS)[number];

/** A verdict as it was kept, with everything the rule was told. */
export type StoredVerdict = {
  id: string;
  stageId: string;
  at: Date;
  ruleVersion: number;
  inputs: StageInputs;
  verdict: Verdict;
};

/** A verdict without what it rests on, as one point of a series. */
export type VerdictPoint = {
  id: string;
  at: Date;
  decision: Verdict["decision"];
  reason: VerdictReason;
  gates: GateVerdict[];
};

/** First logins of one way in a stage, or in a slice of it, and how they ended. */
export type ArmSums = {
  /** Different people, each counted with their first login. */
  people: number;
  /** Approved by biometrics. */
  approved: number;
  notCompleted: number;
  lockedOut: number;
  slow: number;
  /** Ended on the legacy way, and those of them whose end the application reported. */
  onLegacy: number;
  reported: number;
};

/** Both ways of a stage side by side, and up to when logins were counted; null before the first count. */
export type StageArms = { biometric: ArmSums; legacy: ArmSums; countedTo: Date | null };
