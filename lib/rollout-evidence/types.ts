import type {
  Choice,
  COMPARED_MODES,
  ComparedMetric,
  DECISIONS,
  GateMetric,
  GateState,
  LimitedMetric,
  VerdictReason,
} from "./schema.ts";

export type Count = { count: number; of: number };
/** Null is an end that nothing has bounded yet. */
export type Interval = { low: number | null; high: number | null };

/** First logins of a slice of time whose outcome window has closed: how many took each way, how many ended badly. */
export type Stratum = { treated: number; treatedBad: number; control: number; controlBad: number };

/** What strata told, as sums: one for each odds ratio that is asked about. Made by `startOdds`, grown by `addStrata`. */
export type OddsEvidence = {
  margin: number | null;
  interval: boolean;
  treated: number;
  treatedBad: number;
  control: number;
  controlBad: number;
  logLikelihoods: number[];
};

export type StageHarm = { stage: string; logRatios: number[] };
/** The stages before, in the order in which they were first entered. `stageCount` is fixed when the rollout starts. */
export type HarmHistory = { stageCount: number; stages: StageHarm[] };

export type ComparedGate = {
  metric: ComparedMetric;
  mode: (typeof COMPARED_MODES)[number];
  /** Odds against legacy that are still tolerable, above 1; null only where the mode is not `margin`. */
  margin: number | null;
  /** Its part of the whole rollout's alpha; 0 for a signal. */
  weight: number;
  /** Strata of this stage that were added before, so that only the newer ones are handed over. */
  settled: OddsEvidence | null;
  strata: Stratum[];
  history: HarmHistory;
};

export type LimitedGate = {
  metric: LimitedMetric;
  /** Between 0 and 1. */
  limit: number;
  /** A hard limit rolls back and must be proven kept; a soft one holds on suspicion. */
  hard: boolean;
  weight: number;
  seen: Count;
  /** The stages before, oldest first, and how many the rollout was planned with. */
  before: Count[];
  stageCount: number;
};

/** A device family or version of an application: it can hold, never roll back. Weights of all add up to at most 1. */
export type SliceGate = {
  slice: string;
  metric: ComparedMetric;
  weight: number;
  /** As for a compared gate; without a margin. */
  settled?: OddsEvidence;
  strata: Stratum[];
};

export type StageTerms = {
  id: string;
  exposurePercent: number;
  startedAt: string;
  /** The end of the least dwell, weekends of the installation's zone already counted in. */
  dwellEndsAt: string;
  /** From here on a person is asked; null where the stage may last. */
  maximumEndsAt: string | null;
  minimumPeople: number;
  asksForApproval: boolean;
  isLast: boolean;
};

/** Everything a verdict rests on. It survives JSON, and the same input gives the same verdict to the byte. */
export type StageInputs = {
  now: string;
  stage: StageTerms;
  compared: ComparedGate[];
  limited: LimitedGate[];
  slices: SliceGate[];
  /** Reports of a false accept or a liveness bypass in this rollout. */
  securityEvents: number;
  /** The newest counted login of either arm; null before the first. */
  newestLoginAt: string | null;
  sliceMinutes: number;
  /** Logins this soon after the stage began are not counted, and each only so long after it was opened. */
  coolDownMinutes: number;
  outcomeMinutes: number;
  hasPipelineGap: boolean;
  /** Distinct people counted in each arm in this stage, and those seen in both. */
  people: { treated: number; control: number; both: number };
  /** Logins that ended on the legacy path, and those of them whose end the application reported. */
  legacyReported: { treated: Count; control: Count };
  hasDrifted: boolean;
  isHeld: boolean;
  freezeEndsAt: string | null;
};

/** How much more is needed if things go on as they do. Whole numbers, hours to one decimal. */
export type Forecast = { failures: number | null; logins: number; hours: number | null; at: string | null };

export type GateVerdict = {
  metric: GateMetric;
  state: GateState;
  /** Odds against legacy, or a share between 0 and 1. */
  value: number | null;
  treated: Count;
  control: Count | null;
  interval: Interval;
  limit: number | null;
  /** ln of the evidence that the gate is kept, what it needs, and ln of the evidence of harm in the whole rollout. */
  logProof: number | null;
  logProofNeeded: number;
  logHarm: number;
  forecast: Forecast | null;
};

export type Verdict = {
  decision: (typeof DECISIONS)[number];
  reason: VerdictReason;
  /** Somebody should be woken. */
  pages: boolean;
  /** Those that decided it. */
  metrics: GateMetric[];
  slices: string[];
  /** Until when it holds at least, or when it is likely to be over; null where nobody can tell. */
  until: string | null;
  choices: Choice[];
  /** ln of the weighted evidence of harm over all compared metrics, and where it rolls back. */
  logHarm: number;
  logHarmNeeded: number;
  /** ln of the evidence that people are not split as planned; null where nobody is compared. */
  logSplit: number | null;
  gates: GateVerdict[];
  judgedAt: string;
  stage: string;
};
