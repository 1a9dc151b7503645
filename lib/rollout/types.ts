import type { RolloutFacts } from "#lib/audit/types.ts";
import type { Share } from "#lib/rates/types.ts";
import type { FlagChangeTrouble } from "#lib/unleash/change-flag.ts";
import type { LiveFlag } from "#lib/unleash/types.ts";
import type { ChangeKind, RolloutIntent, RolloutPlan } from "./schema.ts";

/** Steps of time in a row whose logins met the same exposure: a stage as the history saw it. */
export type StageRun = {
  exposurePercent: number;
  /** The places of its first and last step. */
  from: number;
  to: number;
};

/** How one way in did. Shares are null where this reader may not be told them. */
export type Arm = { logins: number; notCompleted: Share | null; lockouts: Share | null };

/** Both ways side by side, among enrolled people who are not blocked. */
export type Arms = {
  biometric: Arm;
  /** Null where nobody was kept on the legacy path by the rollout alone. */
  legacy: Arm | null;
  /** So many ends of the old way were never reported that a comparison would mean nothing. */
  isVoid: boolean;
};

/** A rollout that has not ended, with the plan in force and the stage it stands at; null before it started. */
export type OpenRollout = {
  id: string;
  build: string;
  startedAt: Date | null;
  plan: RolloutPlan;
  planVersion: number;
  stage: { id: string; place: number; beganAt: Date } | null;
};

/** A gateway that runs, and how far it is with the present intent. */
export type GatewayStand = {
  name: string;
  seenAt: Date;
  startedAt: Date;
  intentVersion: number | null;
  /** How many milliseconds after the present intent, or its own later start, it took it, by the database's clock; null where it has not. */
  tookMs: number | null;
  flagState: string;
  definitionHash: string | null;
};

/** Where the flag stands: what is asked of it, and the rollout that asks it. */
export type Standing = {
  intent: RolloutIntent;
  heldAt: Date | null;
  /** It is halted for a drill alone, which ends by itself. */
  isDrilling: boolean;
  rollout: OpenRollout | null;
};

/** What a person or the rule wants of a rollout. `to` of a roll back: a place of the plan, or null for off. */
export type Wish =
  | { [Kind in PlainWish]: { kind: Kind } }[PlainWish]
  | { kind: "roll_back"; to: number | null };
/** Ends a drift: what Unleash was seen to say becomes what is asked for, or what is asked for is put into Unleash again. */
export type DriftWish = { kind: "adopt"; live: LiveFlag | null } | { kind: "revert"; live: LiveFlag | null };
type PlainWish = Exclude<ChangeKind, "roll_back" | "change_plan" | "adopt" | "revert">;

export const RULE_REFUSALS = [
  "no_rollout",
  "not_started",
  "started_already",
  "last_stage",
  "not_the_last_stage",
  "not_below",
  "halted",
  "not_halted",
  "held_already",
  "not_held",
  "no_drift",
  "not_adoptable",
] as const;
export type RuleRefusal = (typeof RULE_REFUSALS)[number];

/** Where a wish leads, as facts that are audited and hashed; `end` where the rollout ends with it. */
export type Leading = { after: RolloutFacts; end: "completed" | "rolled_back" | null };

export type ChangeRefusal =
  | RuleRefusal
  /** Somebody else changed it since it was seen. */
  | "stale_version"
  /** What would be done is not what was seen and approved. */
  | "stale_difference"
  /** More than half of all people need a permission of its own. */
  | "past_half"
  /** Another change is under way. */
  | "being_changed"
  | FlagChangeTrouble;

/** Why a plan was not taken: `lived_already` where it changes the exposure of a stage that was begun. */
export type PlanRefusal = "no_rollout" | "stale_version" | "being_changed" | "lived_already";

/** What came of a change: `unknown` is read back by the worker until it is known. */
export type ChangeResult =
  | { ok: true; changeId: string; state: "confirmed" | "unknown"; trouble: FlagChangeTrouble | null }
  | { ok: false; code: ChangeRefusal };
