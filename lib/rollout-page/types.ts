import type { RolloutFacts } from "#lib/audit/types.ts";
import type { LegacyProof } from "#lib/legacy-probe/types.ts";
import type { Drift } from "#lib/rollout/examine-drift.ts";
import type { RolloutDifference } from "#lib/rollout/intend-change.ts";
import type { ChangeKind, RolloutPlan, TemplateChoice } from "#lib/rollout/schema.ts";
import type { ChangeRefusal, GatewayStand, OpenRollout, Standing } from "#lib/rollout/types.ts";
import type { VerdictReason } from "#lib/rollout-evidence/schema.ts";
import type { StageInputs, Verdict } from "#lib/rollout-evidence/types.ts";
import type { StageArms, StoredVerdict, VerdictPoint } from "#lib/rollout-judging/types.ts";
import type { LiveFlag, UnleashLimits } from "#lib/unleash/types.ts";

/** A stage as it was lived. */
export type LivedStage = {
  place: number;
  exposurePercent: number;
  beganAt: Date;
  endedAt: Date | null;
  endedAs: string | null;
};

/** Enrolled people who are not blocked, by their bucket, 0 to 99, and how many of them are early adopters. */
export type BucketCount = { bucket: number; people: number; adopters: number };

/** Them all; an estimate where only a part of the people was looked at, but for the early adopters among them. */
export type PeopleByBucket = { buckets: readonly BucketCount[]; isEstimate: boolean };

/** What a change does to people: how many are offered the path after it of all who could be. */
export type Reach = {
  gain: number;
  lose: number;
  stay: number;
  before: number;
  after: number;
  of: number;
  /** Which of these figures are estimates. With nobody but early adopters on the path it is only how many there are in all. */
  estimated: "none" | "total" | "all";
};

/** What a day brings, measured over the days up to now; null before there was a login. */
export type Traffic = {
  /** Logins of people who could be offered the path. */
  eligible: number;
  /** Of those whose end is known, the share that did not complete. */
  notCompleted: number;
  /** Of a hundred offered logins so many fell back, with the 95 % interval, as shares. */
  fallback: { low: number; high: number } | null;
  /** Calls to the API for each offered login. */
  callsPerLogin: number;
};

/** What is expected of a day, before and after a change. Whole numbers. */
export type Expected = {
  offered: [before: number, after: number];
  fallbacks: [before: number, low: number, high: number] | null;
  calls: [before: number, after: number];
};

/** One thing that could be done now: what it would change, and the digest that is approved by it; or why it cannot be. */
export type Offer =
  | { ok: true; difference: RolloutDifference; digest: string; reach: Reach; expected: Expected | null }
  | { ok: false; code: ChangeRefusal };

export type Offers = {
  start: Offer;
  advance: Offer;
  hold: Offer;
  resume: Offer;
  finish: Offer;
  off: Offer;
  /** To each stage that was passed, nearest first. */
  back: { to: number; offer: Offer }[];
};

/** One act in the history. `by` is null where the rule did it, or a member who is none any more. */
export type HistoryEntry = {
  id: string;
  kind: ChangeKind;
  state: "intended" | "confirmed" | "refused" | "unknown";
  at: Date;
  settledAt: Date | null;
  by: string | null;
  isByRule: boolean;
  because: VerdictReason | null;
  reason: string | null;
  before: RolloutFacts | null;
  after: RolloutFacts | null;
  trouble: string | null;
  gatewaysRunning: number | null;
  gatewaysConfirmed: number | null;
  confirmedMs: number | null;
};

/** What Unleash was last seen to say, beside what was asked of it. */
export type Sighting = {
  seenAt: Date;
  readAt: Date | null;
  trouble: string | null;
  live: LiveFlag | null;
  differsSince: Date | null;
  edition: string | null;
  serverVersion: string | null;
  limits: UnleashLimits | null;
};

/** The rollout that ended last, where none is open. */
export type EndedRollout = {
  id: string;
  build: string;
  state: "completed" | "rolled_back" | "replaced";
  endedAt: Date;
  stages: LivedStage[];
  plan: RolloutPlan;
  templatesChoice: TemplateChoice | null;
};

/** What the reader may do, as the policy says. */
export type MayDo = {
  change: boolean;
  halt: boolean;
  advancePastHalf: boolean;
  changeRunningPlan: boolean;
  reportFalseAccept: boolean;
  settleTemplates: boolean;
  changeAdopters: boolean;
};

/** A plan to be made, changed or read, with what its consequences are worked out from. */
export type RolloutPlanData = {
  rollout: OpenRollout | null;
  may: MayDo;
  /** Measured over the last seven days; null where there was no login to measure. */
  traffic: Traffic | null;
};

/** What the overview tells of an open rollout. */
export type RolloutCard = Pick<
  RolloutPageData,
  "standing" | "ended" | "stages" | "adopters" | "lastHalt" | "now" | "verdict" | "underWay"
>;

/** How the gates of a stage moved. */
export type RolloutEvidenceData = {
  place: number;
  plan: RolloutPlan;
  latest: StoredVerdict;
  points: VerdictPoint[];
  now: Date;
};

export type RolloutPageData = {
  now: Date;
  /** The environment of Unleash that the flag is changed in. */
  environment: string;
  standing: Standing;
  stages: LivedStage[];
  adopters: number;
  verdict: { at: Date; verdict: Verdict; inputs: StageInputs } | null;
  arms: StageArms | null;
  offers: Offers;
  gateways: GatewayStand[];
  sighting: Sighting | null;
  /** Both sides where Unleash was last read not to be as asked; null where it was, or never read. */
  drift: Drift | null;
  history: HistoryEntry[];
  lastDrill: HistoryEntry | null;
  lastHalt: HistoryEntry | null;
  ended: EndedRollout | null;
  /** An act that is under way, or of which nobody knows yet what came of it. */
  underWay: { kind: ChangeKind; at: Date; trouble: string | null } | null;
  legacyProof: LegacyProof;
  /** Changes whenever something that is shown does. */
  stamp: string;
  sinceHalt: { logins: number; onLegacy: number; offered: number } | null;
  may: MayDo;
};
