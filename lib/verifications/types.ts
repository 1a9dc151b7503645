import type { Locale } from "#lib/i18n/locales.ts";
import type {
  Decision,
  DeviceClass,
  LoginOutcome,
  Modality,
  Purpose,
  Source,
  VerificationOutcome,
  VerificationReason,
} from "#lib/logins/schema.ts";
import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import type { TryTiming } from "#lib/recording/types.ts";
import type { TimeRange } from "#lib/time-steps.ts";

export const TIME_WINDOWS = ["1h", "24h", "7d", "30d", "90d"] as const;
export type TimeWindow = (typeof TIME_WINDOWS)[number];

/** What can be chosen beside the list, each with the values chosen; none chosen means all. */
export type VerificationFacets = {
  outcome: VerificationOutcome[];
  reason: VerificationReason[];
  modality: Modality[];
  /** Exposure in force, in percent, as digits. */
  stage: string[];
  channel: string[];
  /** Ids of applications. */
  application: string[];
  /** HTTP status of the decisive call at the API, as digits; `0` where no answer came or none was asked for. */
  apiStatus: string[];
  device: DeviceClass[];
  source: Source[];
};
export type FacetName = keyof VerificationFacets;
export const FACET_NAMES = [
  "outcome",
  "reason",
  "modality",
  "stage",
  "channel",
  "application",
  "apiStatus",
  "device",
  "source",
] as const satisfies readonly FacetName[];

export type VerificationFilters = VerificationFacets & { window: TimeWindow; range: TimeRange | null };

export type Order = "newest" | "oldest";
/** A place in the list: the row itself is not part of the page that follows it. */
export type Cursor = { at: Date; id: string; direction: "after" | "before" };

/** Who a verification was about. The history outlives the person: then it is `erased`. */
export type Subject =
  | { state: "known"; personId: string; customId: string }
  | { state: "erased" | "unknown" };

export type VerificationRow = {
  id: string;
  at: Date;
  /** Null where the reader may not see who it was. */
  subject: Subject | null;
  source: Source;
  modality: Modality;
  outcome: VerificationOutcome;
  reason: VerificationReason;
  channel: string;
  /** Id of the application; null for a check by staff. */
  application: string | null;
  deviceClass: DeviceClass;
  exposurePercent: number;
  attempt: number;
  /** HTTP status of the decisive call; null where no answer came or none was asked for. */
  apiStatus: number | null;
  apiLatencyMs: number | null;
  fingersSent: FingerNumber[];
  fingersNotMatched: FingerNumber[];
  /** Null when no login belongs to it (the console), or when it is still open. */
  loginOutcome: LoginOutcome | null;
  loginId: string | null;
};

export type VerificationPage = {
  rows: VerificationRow[];
  /** In reading order: is there more above, is there more below. */
  hasPrevious: boolean;
  hasNext: boolean;
};

/** One cell of the rollups: how many verifications share these values. */
export type RollupCell = { [Name in FacetName]: VerificationFacets[Name][number] } & { count: number };

/** The window as bars, by their starts; the last one ends at `to`, after now. */
export type TimeLine = { starts: readonly Date[]; to: Date };

/**
 * One bar of the time line: the verifications from `at` to the next bar, those of them that pass the filters, and those
 * that met trouble at the API.
 */
export type TimeBar = { at: Date; all: number; shown: number; apiErrors: number };

/** What came of a check from the console, without anything of the picture. */
export type CheckResult = {
  verificationId: string;
  outcome: VerificationOutcome;
  reason: VerificationReason;
  /** All API calls together; null when none was made. */
  apiLatencyMs: number | null;
  apiStatus: number | null;
};

/** Everything recorded about one verification. */
export type Verification = VerificationRow & {
  openedAt: Date;
  decision: Decision;
  feedbackCode: string;
  purpose: Purpose;
  policyVersion: number;
  actor: string | null;
  apiOperation: string | null;
  apiMessage: string | null;
  apiTries: number;
  faceMatched: boolean | null;
  fingersListed: FingerNumber[];
  gateway: string;
  /** Where in the rollout the person stood, 0-99; null outside a login. */
  bucket: number | null;
  failuresBefore: number | null;
  /** The language of the answer; null where none was given, or it was not recorded then. */
  feedbackLocale: Locale | null;
} & Required<TryTiming>;

/** A part of the time of a try, in ms after the person began to wait. */
export type Span = { fromMs: number; toMs: number };

/** Where the time of a try went; a step that was not taken is null. */
export type TryTimes = {
  totalMs: number;
  decided: Span;
  checks: Span | null;
  call: Span | null;
  diagnosis: Span | null;
  judged: Span;
};

/** Whether the comparison was asked for, and what kept it from being asked. */
export type CallMade =
  | "made"
  | "refused_before"
  | "check_failed"
  | "circuit_open"
  | "no_time"
  | "not_recorded";
