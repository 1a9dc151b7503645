import type {
  Decision,
  DeviceClass,
  FallbackReason,
  LoginOutcome,
  Modality,
  Path,
  PathReason,
  VerificationOutcome,
  VerificationReason,
} from "#lib/logins/schema.ts";
import type { FingerNumber } from "#lib/multibiometrics/types.ts";

/** One verification as a person's page tells it. */
export type Try = {
  id: string;
  at: Date;
  modality: Modality;
  outcome: VerificationOutcome;
  reason: VerificationReason;
  decision: Decision;
  apiLatencyMs: number | null;
  fingersSent: FingerNumber[];
  fingersNotMatched: FingerNumber[];
};

/** How a login ended, and when. */
export type LoginEnd = {
  at: Date;
  outcome: LoginOutcome;
  fallbackReason: FallbackReason;
  lockedOut: boolean;
};

/** A person's login with what was tried in it; `end` is null while it is open. */
export type LoginStory = {
  id: string;
  openedAt: Date;
  application: string | null;
  path: Path;
  pathReason: PathReason;
  exposurePercent: number;
  channel: string;
  deviceClass: DeviceClass;
  deviceOs: string | null;
  end: LoginEnd | null;
  /** Oldest first. */
  tries: Try[];
};

export const TIMELINE_KINDS = ["logins", "changes", "views"] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** The last attempt to enrol or recapture somebody, as far as it got. */
export type LastEnrolment = {
  at: Date;
  state: "intended" | "succeeded" | "refused" | "failed" | "unknown";
  reason: string | null;
};

type Entry = { id: string; at: Date; who: string | null };
/** One line of a person's history, whoever caused it. */
export type TimelineEntry =
  | (Entry & {
      kind: "enrolment";
      recapture: boolean;
      state: LastEnrolment["state"];
      reason: string | null;
      face: boolean;
      fingers: number[];
    })
  | (Entry & {
      kind: "login";
      path: Path;
      pathReason: PathReason;
      end: LoginEnd | null;
      attempts: number;
      modality: Modality | null;
      apiLatencyMs: number | null;
      /** The exposure, in percent, that brought the person onto the biometric path with this login; else null. */
      reachedPercent: number | null;
    })
  | (Entry & {
      kind: "check";
      outcome: VerificationOutcome;
      reason: VerificationReason;
      apiLatencyMs: number | null;
    })
  | (Entry & { kind: "view"; actorId: string | null });

/** What happened to a person in a window, counted over their own rows. */
export type PersonFigures = {
  logins: number;
  offered: number;
  completedBiometric: number;
  fellBack: number;
  verifications: number;
  /** Median API time of the verifications with a face, in milliseconds. */
  faceLatencyMsMedian: number | null;
};
