import type { FallbackFilters } from "#lib/fallback-page/types.ts";
import type {
  DeviceClass,
  FallbackReason,
  LoginOutcome,
  Path,
  PathReason,
  VerificationOutcome,
  VerificationReason,
} from "#lib/logins/schema.ts";
import type { TimeRange } from "#lib/time-steps.ts";
import type { Subject } from "#lib/verifications/types.ts";

/** Logins of a period that took one path for one reason and ended one way. */
export type EndCell = {
  path: Path;
  pathReason: PathReason;
  outcome: LoginOutcome;
  count: number;
  /** Of these, those in which at least one capture came to the gateway. */
  captured: number;
  lockedOut: number;
};

/** Where the logins of enrolled people went; null where a part is too small for this reader. */
export type Funnel = {
  eligible: number;
  offered: number;
  captured: number;
  approved: number;
  fellBack: number;
  rejected: number;
  abandoned: number;
};

/** How the legacy way ended, of those who came to it. */
export type LegacyEnds = {
  all: number;
  completed: number;
  failed: number;
  unreported: number;
  lockedOut: number;
};

/** Logins that were never offered the path, by why. */
export type ApartCount = { reason: PathReason; count: number };

/** Which logins a figure counts: the parts of the funnel, and those kept from the path. */
export const LOGIN_PARTS = [
  "fell_back",
  "offered",
  "eligible",
  "captured",
  "approved",
  "rejected",
  "abandoned",
  "kept_apart",
  "not_offered",
] as const;
export type LoginPart = (typeof LOGIN_PARTS)[number];

/** How the legacy way ended. */
export const LEGACY_ENDS = ["completed", "failed", "unreported", "locked_out"] as const;
export type LegacyEnd = (typeof LEGACY_ENDS)[number];

/** The logins behind a figure: those that ended within the time, `to` not included, and pass all that is named. */
export type LoginsAsked = {
  range: TimeRange;
  part: LoginPart;
  end: LegacyEnd | null;
  /** Why they were not offered the path. */
  why: PathReason | null;
  /** Reasons narrow the part `fell_back` alone. */
  filters: FallbackFilters;
};

/** One try of a login. */
type LoginTry = { id: string; outcome: VerificationOutcome; reason: VerificationReason };

/** One login that ended. */
export type EndedLogin = {
  id: string;
  at: Date;
  /** Null where the reader may not see who it was. */
  subject: Subject | null;
  application: string | null;
  channel: string;
  device: DeviceClass;
  exposurePercent: number;
  path: Path;
  pathReason: PathReason;
  outcome: LoginOutcome;
  fallbackReason: FallbackReason;
  lockedOut: boolean;
  /** Oldest first. */
  tries: LoginTry[];
};

export type LoginsPage = { rows: EndedLogin[]; hasPrevious: boolean; hasNext: boolean };
