/** Why the flag allows the biometric path or not. Only `flag_on` allows it; everything else means legacy. */
export type FlagReason = "flag_on" | "flag_off" | "flag_unknown" | "flags_stale" | "flags_unreachable";

export type FlagDecision = { on: boolean; reason: FlagReason };

/** What was wrong with the last attempt to hear from Unleash; null after a good one. */
export type FlagsError = "token_refused" | "server_failed" | "unreachable";

export type FlagsState = {
  /** The last attempt worked and what it brought is not too old. */
  connected: boolean;
  lastHeardAt: Date | null;
  /** The same on every process that runs the same definition, whatever order its fields came in. */
  definitionHash: string | null;
  lastError: FlagsError | null;
};

/** Flags that were last heard longer ago than this mean legacy. */
export const FLAGS_MAX_AGE_MS = 10 * 60_000;

/** The flag `biometric-login` as this process sees it. Nothing here waits, and nothing throws. */
export interface Flags {
  /** `loginKey` decides the bucket; `cohort` is what the early adopters' segment looks at. */
  evaluate(loginKey: string, context?: { cohort?: string | undefined }): FlagDecision;
  /** Whether the flag is known to serve nobody at all: it, or a flag it depends on, is off. Less exposure is not that. */
  isSwitchedOff(): boolean;
  state(): FlagsState;
  /** Calls the listener each time Unleash was heard, changed or not; returns the way to stop it. */
  onHeard(listener: () => void): () => void;
  close(): Promise<void>;
}

/** A strategy as it stands in Unleash. Strategies of a flag are OR-ed. */
export type LiveStrategy = {
  id: string;
  name: string;
  title: string;
  /** Null where Unleash holds something that is no whole number from 0 to 100. */
  percent: number | null;
  percentText: string;
  groupId: string;
  stickiness: string;
  segments: number[];
  constraints: number;
  isDisabled: boolean;
};

/** The flag `biometric-login` in one environment, as the admin API tells it. */
export type LiveFlag = {
  isOn: boolean;
  /** It depends on the master, and on nothing else. */
  hasMaster: boolean;
  /** The master is on, and for everyone. */
  masterIsOn: boolean;
  /** Segments that hold exactly the early adopters. */
  cohortSegments: number[];
  strategies: LiveStrategy[];
};

/** What an edition of Unleash limits. Null where it does not say. */
export type UnleashLimits = { strategies: number | null; changeRequests: "absent" | "off" | "on" };

/** What Unleash shall say: the flag on or off, and the percentage of its gradual strategy. */
export type WantedFlagState = { isOn: boolean; exposurePercent: number };

/**
 * Where Unleash and what was asked differ. `widens` is the alarm: somebody is served there whom nobody asked for. It exposes
 * nobody by itself, because a gateway offers the path only where both agree.
 */
export const DIFFERENCES = [
  "flag_missing",
  "switched_on",
  "switched_off",
  "percent_higher",
  "percent_lower",
  "percent_unreadable",
  "gradual_missing",
  "gradual_twice",
  "cohort_missing",
  "foreign_strategy",
  "strategy_disabled",
  "bucketing_changed",
  "constraint_added",
  "master_missing",
  "master_off",
] as const;
export type DifferenceCode = (typeof DIFFERENCES)[number];
export type Difference = { code: DifferenceCode; live: string; wanted: string; widens: boolean };
