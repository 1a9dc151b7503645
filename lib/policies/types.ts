import type { LoginOutcome, VerificationOutcome, VerificationReason } from "#lib/logins/schema.ts";
import type { PolicyValues } from "./schema.ts";

export const AFTER_NOT_MATCHED = ["retry", "use_legacy", "reject"] as const;
export const AFTER_LAST_ATTEMPT = ["use_legacy", "reject"] as const;

/** What the numbers of a policy may be, in their own units. */
export const POLICY_RANGES = {
  attemptsBeforeFallback: { min: 1, max: 10 },
  failuresBeforePause: { min: 1, max: 10 },
  failuresBeforePauseWithLiveness: { min: 1, max: 10 },
  pauseMinutes: { min: 1, max: 1440 },
  qualityMinConfidence: { min: 0, max: 100 },
  minScore: { min: 0, max: 1000 },
  apiTimeoutMs: { min: 500, max: 15_000 },
  openLoginMinutes: { min: 1, max: 60 },
} as const;

/** What NIST SP 800-63B-4 allows in a row before a biometric must be refused for a time; more with liveness. */
export const NIST_FAILURES = { failuresBeforePause: 5, failuresBeforePauseWithLiveness: 10 } as const;

export type NumberRule = keyof typeof POLICY_RANGES;
export type ChoiceRule = "afterNotMatched" | "afterLastAttempt";
export type Refusable = keyof PolicyValues["refuse"];
export type RefuseRule = `refuse.${Refusable}`;
export type SwitchRule = "livenessRequired" | "qualityChecked" | RefuseRule;

/** One rule of the gateway, as it stands in a row of its own. */
export type RuleName = NumberRule | ChoiceRule | SwitchRule;
export type RuleValue = number | boolean | string;
export type RuleChange = { rule: RuleName; before: RuleValue; after: RuleValue };

export const RULE_GROUPS = {
  triesAndTime: [
    "attemptsBeforeFallback",
    "failuresBeforePause",
    "failuresBeforePauseWithLiveness",
    "pauseMinutes",
    "apiTimeoutMs",
    "openLoginMinutes",
  ],
  quality: [
    "qualityChecked",
    "qualityMinConfidence",
    "refuse.tooDark",
    "refuse.tooBright",
    "refuse.blurred",
    "refuse.lookingAway",
    "refuse.faceCovered",
    "refuse.eyesClosed",
    "refuse.glasses",
    "refuse.headCovered",
    "refuse.mouthOpen",
  ],
  match: ["afterNotMatched", "afterLastAttempt", "livenessRequired", "minScore"],
} as const satisfies Record<string, readonly RuleName[]>;

export type RuleGroup = keyof typeof RULE_GROUPS;
export const RULES: readonly RuleName[] = Object.values(RULE_GROUPS).flat();

/** A version of the rules in the history: what it changed of the one before, by whom and why. */
export type PolicyVersion = {
  version: number;
  values: PolicyValues;
  changedAt: Date;
  /** The member's name; null for the installation itself. */
  changedBy: string | null;
  reason: string | null;
  /** Empty for the first version. */
  changes: RuleChange[];
};

/** A running gateway and whether it obeys the policy in force. */
export type GatewayRun = {
  name: string;
  state: "obeys" | "waiting" | "silent";
  policyVersion: number | null;
  /** From saving to its word, in milliseconds; null where it does not obey yet, or took it before this was saved. */
  afterMs: number | null;
};

export type PolicyRun = { version: number; gateways: GatewayRun[] };

/** One try of a login, as far as the rules are concerned. Times are in milliseconds since 1970. */
export type DayTry = {
  loginId: string;
  personId: string | null;
  atMs: number;
  attempt: number;
  face: boolean;
  outcome: VerificationOutcome;
  reason: VerificationReason;
  decision: string;
  policyVersion: number;
  apiOperation: string | null;
  apiLatencyMs: number | null;
  /** How its login ended; null while it is open. */
  ended: LoginOutcome | null;
};

/**
 * Tries that matched at once, of people who never failed that day. No rule but those named by what they are told apart by
 * had anything to do with them: they are counted, and not listed.
 */
export type SmoothTries = {
  policyVersion: number;
  face: boolean;
  apiLatencyMs: number | null;
  count: number;
};

/** A login that was sent to the password because its person was paused. */
export type PausedLogin = { personId: string | null; atMs: number; ended: LoginOutcome | null };

/** Logins that ended so many whole minutes after they were opened (a login of 61 s counts as 2). */
export type LoginEnds = { minutes: number; byUs: boolean; count: number };

/** Every login opened since `from` with what was recorded of it: what the rules did is counted and replayed on this. */
export type Day = {
  from: Date;
  /** False where the day holds more than is looked at: then `from` is later, and nothing in between is missing. */
  isWhole: boolean;
  /** All but the smooth ones, in the order in which they were made. */
  tries: DayTry[];
  smooth: SmoothTries[];
  /** Failures in a row a person came into the day with; who is missing came with none. */
  failuresBefore: ReadonlyMap<string, number>;
  pausedLogins: PausedLogin[];
  ends: LoginEnds[];
  /** Logins offered the biometric path that have ended. */
  offered: number;
  /** The rules each try was judged by. */
  policies: ReadonlyMap<number, PolicyValues>;
};

/** How much of the day the figures rest on. */
export type DaySeen = Pick<Day, "from" | "isWhole" | "offered"> & { tries: number };

/** Why the day cannot tell. */
export type CannotTell =
  | "further_try"
  | "not_recorded"
  | "not_asked"
  | "too_few"
  | "not_in_force"
  | "comparisons";

/** What a replay says of one figure: measured, estimated, between two limits, or not to be told. */
export type Told =
  | { kind: "exact"; count: number }
  | { kind: "estimate"; count: number; low: number; high: number }
  | { kind: "between"; low: number; high: number }
  | { kind: "unknown"; why: CannotTell; of?: number };

export type ReplayFigure =
  | "usedUp"
  | "matchedLater"
  | "triesNotMade"
  | "peoplePaused"
  | "matchedInPause"
  | "freedLogins"
  | "cutOff"
  | "matchedTooLate"
  | "closedByUs"
  | "endedTooLate"
  | "refusedSo"
  | "sentOn"
  | "likelyMatched"
  | "rejected"
  | "thenPassword"
  | "toPassword"
  | "livenessCalls"
  | "qualityCalls"
  | "spoofsSentOn"
  | "effect";

export type ReplayFact = { figure: ReplayFigure; before: number | null; after: Told };
export type RuleReplay = RuleChange & { facts: ReplayFact[] };

/** What the wanted rules would have done over the last day, and how much of it was looked at. */
export type DayReplay = { replays: RuleReplay[]; seen: DaySeen };

/** What a rule did over the day, as the name of a sentence and its figures; null where there is nothing more to say. */
export type TodayLine = { text: TodayText; values: Record<string, number> };
export type RuleToday = { did: TodayLine; note: TodayLine | null };

/** What is told of the day beside the rules; null stands for one that could not be counted in time. */
export type PolicyFigures = { seen: DaySeen; today: Record<RuleName, RuleToday> };

export type TodayText =
  | "usedUp"
  | "usedUpWith"
  | "paused"
  | "notInForce"
  | "turnedAway"
  | "thenIn"
  | "cutOff"
  | "cutOffWith"
  | "closedByUs"
  | "slowestEnd"
  | "notChecked"
  | "checked"
  | "checkedAlways"
  | "confidence"
  | "refused"
  | "nextMatched"
  | "nextNone"
  | "namedAfter"
  | "notRefused"
  | "missed"
  | "missedMatched"
  | "missedEnded"
  | "lastFailed"
  | "lastThenIn"
  | "spoofs"
  | "notRequired"
  | "faceTries"
  | "comparisons";
