import type { Change } from "#lib/audit/types.ts";
import type { Split } from "#lib/fallback/types.ts";
import type { RequestsDue } from "#lib/inbox/types.ts";
import type { FallbackReason } from "#lib/logins/schema.ts";
import type { PolicyChange } from "#lib/policies/queries.ts";
import type { Share } from "#lib/rates/types.ts";
import type { Arms } from "#lib/rollout/types.ts";
import type { ApiDay, Exposure, PartCheck } from "#lib/service-health/types.ts";
import type { Recorded, Sparks, Trend } from "#lib/trends/types.ts";
import type { VerificationRow } from "#lib/verifications/types.ts";

/** Different people who tried the biometric path, counted among the latest tries only: enough to see whether there are 30. */
export type PeopleSeen = { lately: number; inAll: number };

export type Counted = {
  /** The last 24 hours and the 24 before them. */
  hours: Recorded;
  /** The last 90 days; of logins only those offered the biometric path, and those the rollout kept from it. */
  days: Recorded;
  lastHour: { calls: number; errors: number };
  openLogins: number;
  people: PeopleSeen;
};

/** Undefined where the exposure could not be read, null before there is one. */
type InForce = { exposure: Exposure | null | undefined };
export type FiguresData = Counted & InForce;
export type StageData = Counted & InForce & { exposureChangedAt: Date | null };

/** The four figures of 24 hours. Null where a cell is too small for this reader: nothing may give it away. */
export type KeyFigures = {
  /** Got in, with biometrics or the old way after it. */
  completed: Share | null;
  fallback: Share | null;
  apiErrors: Share | null;
  latencyMsP95: number | null;
};

export type Hour = { hour: Date; split: Split };

/** What the heading says. */
export type Verdict =
  | "trouble"
  | "halted"
  | "circuitHeld"
  | "underWay"
  | "none"
  | "hidden"
  | "counts"
  | "fallbackRose"
  | "fewerCompleted"
  | "healthy";

export type Figures = KeyFigures & {
  since: Date;
  verdict: Verdict;
  offered: number;
  routed: number | null;
  openLogins: number | null;
  split: Split | null;
  topReason: { reason: FallbackReason; count: number } | null;
  apiCalledLately: boolean;
  apiTrouble: boolean;
  latencyMsP50: number | null;
  /** The 24 hours before. */
  before: KeyFigures;
  hours: Hour[] | null;
};

/** A stage as the history saw it; `from` is null where it began before the history looked at. */
export type Stage = { exposurePercent: number; from: Date | null; to: Date | null };

/** What is known of the rollout: the stage it is in, those before it, and both ways side by side within the present one. */
export type StageCard = {
  exposure: Exposure | null;
  past: Stage[];
  since: Date | null;
  /** What follows is counted from here; null where no login has met this stage yet. */
  comparedSince: Date | null;
  /** Of the logins of 24 hours that could have been offered the biometric path, those that were. */
  realised: Share | null;
  arms: Arms;
  fallback: Share | null;
  apiErrors: Share | null;
};

/** The checks are still under way: a part that hangs must not hold up the page. */
type Common = {
  checks: Promise<PartCheck[]>;
  site: Site;
  /** Null for who may not read requests. */
  requests: RequestsDue | null;
};

export type FiguresOverview = Common & {
  kind: "figures";
  asOf: Date;
  figures: Figures;
  stage: StageCard;
  trend: Trend;
  policyChanges: PolicyChange[];
  sparks: Sparks;
  apiDays: ApiDay[];
  latest: VerificationRow[] | null;
  changes: Change[];
};

export type Overview = ({ kind: "first_start"; exposure: Exposure | null } & Common) | FiguresOverview;

/** Which parts came with the installation, and where they are reached. */
export type Site = {
  embedded: { database: boolean; unleash: boolean; api: boolean };
  gatewayUrl: string;
  /** Whether the sample login can be opened: it needs a gateway key of its own. */
  hasSample: boolean;
  startedAt: Date;
};
