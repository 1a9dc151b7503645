import type { FallbackReason, LoginOutcome, Path, PathReason } from "#lib/logins/schema.ts";
import type { LatencyHistogram } from "#lib/recording/rules.ts";
import type { Exposure, PartCheck } from "#lib/service-health/types.ts";
import type { VerificationRow } from "#lib/verifications/types.ts";

/** Closed logins of one hour that share path, outcome and reasons. */
export type LoginCell = {
  hour: Date;
  path: Path;
  pathReason: PathReason;
  outcome: LoginOutcome;
  fallbackReason: FallbackReason;
  count: number;
};

/** Verifications made by logins, and those of them that ended in trouble at the API. */
export type CallFigures = { calls: number; errors: number; lastHourCalls: number; lastHourErrors: number };

/** How the logins that were offered the biometric path ended. The three parts add up to `offered`. */
export type Split = { completed: number; fellBack: number; lost: number };

export type Hour = { hour: Date; split: Split };

/** What a reader is told of a share: a rate with its interval, or only a count where there are too few people. */
export type Share = { count: number; of: number; rate: Rate | null };
export type Rate = { share: number; low: number; high: number };

export type OverviewData = {
  since: Date;
  cells: LoginCell[];
  calls: CallFigures;
  latencies: LatencyHistogram;
  openLogins: number;
  peopleSeen: number;
};

export type Figures = {
  since: Date;
  offered: number;
  routed: number | null;
  openLogins: number | null;
  /** Null, here and in what follows, where a cell is too small for this reader: nothing may give it away. */
  split: Split | null;
  /** Got in, with biometrics or the old way after it. */
  completed: Share | null;
  fallback: Share | null;
  topReason: { reason: FallbackReason; count: number } | null;
  apiErrors: Share | null;
  apiTrouble: boolean;
  latencyMsP50: number | null;
  latencyMsP95: number | null;
  hours: Hour[] | null;
};

/** The checks are still under way: a part that hangs must not hold up the page. */
type Common = { checks: Promise<PartCheck[]>; site: Site };

export type Overview =
  | ({ kind: "first_start"; exposure: Exposure | null } & Common)
  | ({ kind: "figures"; figures: Figures; latest: VerificationRow[] | null } & Common);

/** Which parts came with the installation, and where they are reached. */
export type Site = {
  embedded: { database: boolean; unleash: boolean; api: boolean };
  gatewayUrl: string;
  /** Whether the sample login can be opened: it needs a gateway key of its own. */
  hasSample: boolean;
  startedAt: Date;
};
