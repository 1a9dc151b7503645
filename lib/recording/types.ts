import type { Clock } from "#lib/clock.ts";
import type { FeedbackCode } from "#lib/feedback/schema.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Log } from "#lib/log.ts";
import type {
  Decision,
  DeviceClass,
  FallbackReason,
  LoginOutcome,
  Modality,
  Path,
  PathReason,
  Purpose,
  Source,
  VerificationOutcome,
  VerificationReason,
} from "#lib/logins/schema.ts";

/**
 * Who an event is about while our own person id is unknown, because the database is away. It leaves memory only inside
 * an encrypted journal line, is resolved to the person id when the line is replayed, and goes with the line.
 */
export type Subject = { customId: string };

/** A login was opened. `openedAt` is the millisecond inside the UUIDv7 `id` (timeOfId): it names the partition. */
export type LoginOpened = {
  id: string;
  openedAt: Date;
  applicationId: string;
  personId: string | null;
  bucket: number | null;
  path: Path;
  reason: PathReason;
  exposurePercent: number;
  purpose: Purpose;
  channel: string;
  deviceClass: DeviceClass;
  deviceOs: string | null;
  appVersion: string | null;
  /** For the working row of the open login (login_states). */
  attemptsAllowed: number;
  attemptsUsed: number;
  subject?: Subject;
};

/**
 * Where the time of one try went, in whole milliseconds; null for what was not done. All of it is absent from events of
 * before it was measured, and may be.
 */
export type TryTiming = {
  /** From when the person began to wait until the first call: flag, enrolment and guards. */
  decidedMs?: number | null;
  /** The checks before the comparison run side by side. */
  qualityMs?: number | null;
  livenessMs?: number | null;
  verifyMs?: number | null;
  /** The questions after an unusable capture: what is wrong with it. */
  diagnosisMs?: number | null;
  /** From when the person began to wait until the judgement; recording and answering come after it. */
  judgedMs?: number | null;
};

/**
 * One try was made. `openedAt` is the login's; a console verification has no login and carries its own time there.
 * `id` is a UUIDv7 of its own.
 */
export type VerificationMade = TryTiming & {
  id: string;
  openedAt: Date;
  loginId: string | null;
  at: Date;
  source: Source;
  /** The application for the gateway, the member for the console. */
  actorId: string;
  personId: string | null;
  /** 1 for the first try of the login. The open login's tries used are raised to it when they are lower. */
  attempt: number;
  /** Tries used up where this one ended the biometric path before the last. Not stored; it raises them in its place. */
  triesUsed?: number;
  modality: Modality;
  outcome: VerificationOutcome;
  reason: VerificationReason;
  decision: Decision;
  feedbackCode: FeedbackCode;
  catalogueVersion: number;
  channel: string;
  deviceClass: DeviceClass;
  purpose: Purpose;
  exposurePercent: number;
  policyVersion: number;
  apiOperation: string | null;
  apiStatus: number | null;
  apiMessage: string | null;
  apiTries: number;
  apiLatencyMs: number | null;
  faceMatched: boolean | null;
  fingersSent: number[];
  fingersNotMatched: number[];
  fingersListed: number[];
  gateway: string;
  /** The person's failed tries in a row before this one; null where the database could not be asked. */
  failuresBefore?: number | null;
  /** The language the feedback was given in; null for a check by staff, which gives none. */
  feedbackLocale?: Locale | null;
  /** The pause policy in force: from so many failures in a row the person is paused. Not stored; null for none. */
  pauseAfterFailures: number | null;
  pauseMinutes: number | null;
  subject?: Subject;
};

/** A login ended. Only the first outcome of a login is kept. */
export type LoginClosed = {
  loginId: string;
  openedAt: Date;
  at: Date;
  applicationId: string;
  personId: string | null;
  path: Path;
  pathReason: PathReason;
  outcome: LoginOutcome;
  fallbackReason: FallbackReason;
  lockedOut: boolean;
  attempts: number;
  purpose: Purpose;
  channel: string;
  deviceClass: DeviceClass;
  exposurePercent: number;
  subject?: Subject;
};

/** Events that belong together: they become durable together or not at all. */
export type EventBatch = {
  opened?: LoginOpened[];
  verifications?: VerificationMade[];
  closed?: LoginClosed[];
};

export type Durability = "database" | "journal";

/**
 * Why a batch could not be made durable.
 * `journal_unavailable`: the database is away and the journal cannot be written (disk full, no such folder).
 * `events_refused`: the database refuses the events themselves (a value out of range); they are kept aside, encrypted.
 * `closed`: the recorder has been closed.
 */
export type RecordingErrorCode = "journal_unavailable" | "events_refused" | "closed";

export class RecordingError extends Error {
  override readonly name = "RecordingError";
  readonly code: RecordingErrorCode;

  constructor(code: RecordingErrorCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}

export interface Recorder {
  /**
   * Resolves once the events are committed in PostgreSQL or stand in the fsynced journal, never before.
   * @throws RecordingError when neither was possible: nothing may then be answered that depends on the record.
   */
  record(batch: EventBatch): Promise<{ durable: Durability }>;
  /** Lines that wait in this process's journal. */
  journalLines(): number;
  /** Where the next batch goes first. */
  state(): Durability;
  /** Waits for what was accepted, then lets go of the pool and the journal. What the journal holds stays for the next start. */
  close(): Promise<void>;
}

export type RecorderOptions = {
  /** The recorder keeps a small pool of its own: no other query can hold up a record, and a stuck pool is thrown away. */
  databaseUrl: string;
  /** A folder of this gateway alone; made when missing. */
  journalDir: string;
  /** 32 bytes. Lines written with another key stay on disk, unread. */
  journalKey: Uint8Array;
  clock: Clock;
  log: Log;
  /** How long raw events are kept at this moment; a journal line older than this is only counted. Default 400 days. */
  retentionDays?: () => number;
  /** Longest a batch may wait for the database before it goes to the journal. Default 800 ms. */
  budgetMs?: number;
  /** Pause between two tries to reach an absent database. Default 500 ms. */
  probeEveryMs?: number;
};
