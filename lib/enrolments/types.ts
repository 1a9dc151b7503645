import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Actor } from "#lib/audit/types.ts";
import type { CaptureFault, CaptureReading, PictureProblem, Screening } from "#lib/captures/types.ts";
import type { Clock } from "#lib/clock.ts";
import type { FeedbackCode } from "#lib/feedback/schema.ts";
import type { ErasureLedger } from "#lib/ledger/types.ts";
import type {
  ApiFailureCode,
  ApiResult,
  EnrolledPerson,
  FingerNumber,
  Multibiometrics,
} from "#lib/multibiometrics/types.ts";
import type { LegalBasis } from "#lib/people/schema.ts";
import type { Policy } from "#lib/policies/schema.ts";
import type { RecaptureReason } from "./schema.ts";

/** Who asks for it: an application through the gateway, or a member of the staff through the console. */
export type EnrolmentActor =
  | { source: "gateway"; applicationId: string }
  | { source: "console"; member: Actor & { id: string }; reason: RecaptureReason; auditKey: Uint8Array };

export type EnrolmentRequest = {
  customId: string;
  legalBasis: LegalBasis;
  capture: CaptureReading;
  actor: EnrolmentActor;
};

/** Why an enrolment or recapture did not happen, or cannot be said to have happened. */
export type EnrolmentRefusalCode =
  | "already_enrolled"
  | "not_enrolled"
  | "person_blocked"
  | "erasure_pending"
  | "enrollment_running"
  | "capture_refused"
  | "spoof_suspected"
  | "custom_id_taken_at_api"
  | "custom_id_spent"
  | "person_unknown_at_api"
  | "api_unavailable"
  | "outcome_unknown";

export type EnrolmentRefusal = {
  ok: false;
  code: EnrolmentRefusalCode;
  /** The finding behind the code: about the picture, or the failure of the API. */
  reason: CaptureFault | PictureProblem | ApiFailureCode | null;
  feedbackCode: FeedbackCode;
  retryAfterMs?: number;
};

/** What came of a recapture from the console, without anything of the pictures. */
export type RecaptureResult = {
  code: "succeeded" | EnrolmentRefusalCode;
  /** The finding behind a refusal. */
  reason: EnrolmentRefusal["reason"];
  face: boolean;
  fingers: FingerNumber[];
  at: Date;
};

export type EnrolmentResult = { ok: true; personId: string; feedbackCode: FeedbackCode } | EnrolmentRefusal;

/** What came of the call, before it is written down. */
export type EnrolmentCall = {
  screening: Screening;
  /** Null when a check before it refused. */
  answer: ApiResult<EnrolledPerson> | null;
  fault: CaptureFault | null;
};

/** What the process that serves an enrolment brings along. */
export type EnrolmentDesk = {
  /** Runs a write; the gateway's way gives up when the database does not answer. */
  inDatabase<T>(work: (db: DatabaseOrTransaction) => Promise<T>): Promise<T>;
  api: Pick<Multibiometrics, "origin" | "enroll" | "update" | "checkIcao" | "checkLiveness" | "detectFaces">;
  policy: Policy;
  loginKeyOf(customId: string): string;
  /** Is told of who enrols after having been erased. */
  erasureLedger: Pick<ErasureLedger, "refOf" | "appendEnrolment">;
  clock: Clock;
};

/** Who is enrolled already has a bucket, and stands in the ledger if they ever were erased. */
export type RecaptureDesk = Omit<EnrolmentDesk, "loginKeyOf" | "erasureLedger">;

/** An enrolment that was written down before the call. */
export type Intended = {
  enrolmentId: string;
  personId: string;
  kind: "enrol" | "recapture";
  /** An earlier attempt may have taken effect at the API, so "already exists" may be its echo. */
  hadEarlierAttempt: boolean;
  /** When the same CustomID was erased here; null where it never was. */
  erasedAt: Date | null;
  /** It was erased, and this API was seen to let nobody enrol anew: "already exists" then says that it is spent. */
  isSpent: boolean;
  /** This API was seen to keep nothing at an update but what is sent with it. */
  replacesAll: boolean;
};

/** One attempt as the enrolments table holds it, once it was settled. */
export type SettledEnrolment = {
  kind: "enrol" | "recapture";
  state: "intended" | "succeeded" | "refused" | "failed" | "unknown";
  reason: string | null;
  face: boolean;
  fingers: FingerNumber[];
  settledAt: Date | null;
  /** It took the place of everything before. */
  replacesAll: boolean;
};

/** What was enrolled of a person at some time, and when the API had last confirmed an enrolment of theirs. */
export type EnrolledThen = { face: boolean; fingers: FingerNumber[]; confirmedAt: Date };
