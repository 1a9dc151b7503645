import type { ARMS, RolloutPlan } from "#lib/rollout/schema.ts";
import type { LimitedMetric, VerdictReason } from "#lib/rollout-evidence/schema.ts";
import type { Count, GateVerdict, StageInputs, Verdict } from "#lib/rollout-evidence/types.ts";

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

/** First logins of one slice of time, one way and one class of device. */
export type SliceSums = ArmSums & { startsAt: Date; arm: Arm; deviceClass: string };

/** A stage that was lived, as far as its logins are counted. */
export type LivedStage = {
  id: string;
  place: number;
  exposurePercent: number;
  beganAt: Date;
  countedTo: Date | null;
};

/** What was counted of a stage: slices that are whole, and what the limits are held against. */
export type StageCounts = { slices: SliceSums[]; limits: Record<LimitedMetric, Count> };

/** Everything that is looked up for one verdict. */
export type StageEvidence = StageCounts & {
  now: Date;
  timeZone: string;
  stage: LivedStage;
  plan: RolloutPlan;
  /** Of the plan that the rollout started with: all its stages, and those in which both ways can be compared. */
  planned: { stages: number; compared: number };
  /** The stages before, oldest first. */
  earlier: (StageCounts & { stage: LivedStage })[];
  /** Different people seen on each way, whoever was on both in each of them. */
  people: { treated: number; control: number; both: number };
  securityEvents: number;
  newestLoginAt: Date | null;
  hasPipelineGap: boolean;
  hasDrifted: boolean;
  isHeld: boolean;
};
