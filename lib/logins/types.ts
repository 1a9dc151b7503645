import type { Sql } from "postgres";
import type {
  CaptureFault,
  CaptureModality,
  CaptureReading,
  PictureProblem,
  Screening,
} from "#lib/captures/types.ts";
import type { Clock } from "#lib/clock.ts";
import type { FeedbackCode } from "#lib/feedback/schema.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Log } from "#lib/log.ts";
import type {
  ApiResult,
  CallFacts,
  FingerNumber,
  Multibiometrics,
  Verdict,
} from "#lib/multibiometrics/types.ts";
import type { PersonStatus } from "#lib/people/schema.ts";
import type { Policy } from "#lib/policies/schema.ts";
import type { LoginOpened, Recorder, TryTiming } from "#lib/recording/types.ts";
import type { FlagReason, Flags } from "#lib/unleash/types.ts";
import type {
  AnswerReason,
  Decision,
  FallbackReason,
  Path,
  VerificationOutcome,
  VerificationReason,
} from "./schema.ts";

/** What our ledger knows of the person who wants to get in. */
export type Candidate = {
  personId: string;
  status: PersonStatus;
  bucket: number;
  pausedUntil: Date | null;
  failuresInARow: number;
};

/** Whoever wants to get in, when a login opens. */
export type Applicant = Candidate & { isEarlyAdopter: boolean };

/** Everything that decides the path of a login. */
export type PathFacts = {
  halted: boolean;
  /** Neither our intent nor Unleash was heard for so long that a halt could have been missed. */
  controlSilent: boolean;
  /** Null: nobody of this CustomID is known. `unavailable`: the ledger cannot be asked. */
  candidate: Candidate | null | "unavailable";
  /** Whether our own intent includes the person, by bucket or as an early adopter. */
  withinIntent: boolean;
  flag: FlagReason;
  /** An administrator holds the circuit open: the API is not called, so nobody is asked for a picture. */
  circuitHeld: boolean;
  now: Date;
};

/** What one try is judged by. A step that was not reached is null. */
export type TryFacts = {
  /** What is wrong with a picture before any call; null for a capture fit to be sent. */
  problem: PictureProblem | null;
  face: boolean;
  fingers: readonly FingerNumber[];
  screening: Screening | null;
  verdict: ApiResult<Verdict> | null;
  /** Why the API could not use the capture, as far as anybody found out. */
  fault: CaptureFault | null;
  policy: Policy["values"];
  attempt: number;
  attemptsAllowed: number;
};

export type Judgement = {
  outcome: VerificationOutcome;
  reason: VerificationReason;
  decision: Decision;
  feedbackCode: FeedbackCode;
  /** Why the login falls back if it ends on the legacy path now. */
  fallbackReason: FallbackReason;
  /** True when the biometric path of this login is over, whatever tries are left. */
  pathEnded: boolean;
  /** True when the API, not the person or the picture, is the reason. */
  apiTrouble: boolean;
};

/** One capture, read and sent as far as it got. */
export type TryMade = {
  facts: TryFacts;
  judgement: Judgement;
  modality: CaptureModality;
  /** The call the judgement rests on, null when none was made. */
  decisiveCall: CallFacts | null;
  /** All calls together; null when none was made. */
  apiLatencyMs: number | null;
  timing: Required<TryTiming>;
};

/** A login that can still go on, as any gateway reads it or the one that opened it remembers it. */
export type OpenLogin = {
  opened: LoginOpened;
  /** Known while the person's row is; never stored with the login. */
  customId: string | null;
  attemptsUsed: number;
  closed: boolean;
  /** The biometric path of this login is over, whatever tries are left. */
  pathEnded: boolean;
  /** Why the last try did not let the person in; null before any. */
  fallbackReason: FallbackReason | null;
};

/** What came of asking the database; away counts as an answer, so that no login waits for it. */
export type Asked<T> = { ok: true; value: T } | { ok: false };

/** The database as a login sees it: asked briefly, and not at all while it is known to be away. */
export type Ledger = {
  ask<T>(read: (sql: Sql) => Promise<T>): Promise<Asked<T>>;
  /** Asks for this one together with whatever others ask of the same reading meanwhile. */
  askTogether<Of, T>(read: ReadTogether<Of, T>, of: Of): Promise<Asked<T>>;
};

/** Reads for many at once, and answers in their order. */
export type ReadTogether<Of, T> = (sql: Sql, of: readonly Of[]) => Promise<T[]>;

/** What this process was last told to do. */
export type Control = {
  policy(): Policy;
  intent(): { exposurePercent: number; offersEarlyAdopters: boolean; halted: boolean };
  /** True when neither our intent nor Unleash was heard for too long. */
  isSilent(now: Date): boolean;
  /** True while an administrator holds the circuit open, by this gateway's clock. */
  isCircuitHeld(now: Date): boolean;
};

/** The logins this process opened, so that they go on while the database is away. */
export type OpenLogins = { remember(login: OpenLogin): void; recall(id: string): OpenLogin | null };

/** Everything a login needs of the process that serves it. */
export type LoginDesk = {
  ledger: Ledger;
  control: Control;
  flags: Pick<Flags, "evaluate" | "isSwitchedOff">;
  api: Pick<Multibiometrics, "verify" | "checkIcao" | "checkLiveness" | "detectFaces">;
  recorder: Pick<Recorder, "record">;
  openLogins: OpenLogins;
  loginKeyOf(customId: string): string;
  gateway: string;
  clock: Clock;
  log: Pick<Log, "warn" | "error">;
};

/** What the application is told after a login was opened or tried. */
export type LoginAnswer = {
  path: Path;
  reason: AnswerReason;
  /** Null when no capture was sent. */
  decision: Decision | null;
  attemptsLeft: number;
  feedbackCode: FeedbackCode;
};

export type LoginRequest = {
  applicationId: string;
  customId: string;
  purpose: LoginOpened["purpose"];
  channel: string;
  device: { class: LoginOpened["deviceClass"]; os: string | null; appVersion: string | null };
  capture: CaptureReading | null;
  /** The language the application is answered in. */
  locale: Locale;
  /** What `findApplicant` answers: asked by the caller, who may have something else to wait for meanwhile. */
  applicant: Promise<Asked<Applicant | null>>;
};
