import type { LoginClosed, LoginOpened, VerificationMade } from "./types.ts";

/** For each field of an event as JSON: its SQL type, and its column where it is stored. */
export type Columns<Event> = {
  [Field in keyof Required<Event>]: readonly [type: string, column: string | null];
};

/** A field of the JSON beside the event's own: who it is about when the person id is unknown. */
const SUBJECT = ["text", null] as const;

export type StoredFields<Event> = Columns<Omit<Event, "subject">> & { customId: typeof SUBJECT };

export const OPENED_COLUMNS: StoredFields<LoginOpened> = {
  id: ["uuid", "id"],
  openedAt: ["timestamptz(3)", "opened_at"],
  applicationId: ["uuid", "application_id"],
  personId: ["uuid", "person_id"],
  bucket: ["smallint", "bucket"],
  path: ["text", "path"],
  reason: ["text", "reason"],
  exposurePercent: ["smallint", "exposure_percent"],
  purpose: ["text", "purpose"],
  channel: ["text", "channel"],
  deviceClass: ["text", "device_class"],
  deviceOs: ["text", "device_os"],
  appVersion: ["text", "app_version"],
  attemptsAllowed: ["integer", null],
  attemptsUsed: ["integer", null],
  customId: SUBJECT,
};

export const VERIFICATION_COLUMNS: StoredFields<VerificationMade> = {
  id: ["uuid", "id"],
  openedAt: ["timestamptz(3)", "opened_at"],
  loginId: ["uuid", "login_id"],
  at: ["timestamptz(3)", "at"],
  source: ["text", "source"],
  actorId: ["uuid", "actor_id"],
  personId: ["uuid", "person_id"],
  attempt: ["smallint", "attempt"],
  triesUsed: ["integer", null],
  modality: ["text", "modality"],
  outcome: ["text", "outcome"],
  reason: ["text", "reason"],
  decision: ["text", "decision"],
  feedbackCode: ["text", "feedback_code"],
  catalogueVersion: ["smallint", "catalogue_version"],
  channel: ["text", "channel"],
  deviceClass: ["text", "device_class"],
  purpose: ["text", "purpose"],
  exposurePercent: ["smallint", "exposure_percent"],
  policyVersion: ["integer", "policy_version"],
  apiOperation: ["text", "api_operation"],
  apiStatus: ["smallint", "api_status"],
  apiMessage: ["text", "api_message"],
  apiTries: ["smallint", "api_tries"],
  apiLatencyMs: ["integer", "api_latency_ms"],
  faceMatched: ["boolean", "face_matched"],
  fingersSent: ["smallint[]", "fingers_sent"],
  fingersNotMatched: ["smallint[]", "fingers_not_matched"],
  fingersListed: ["smallint[]", "fingers_listed"],
  gateway: ["text", "gateway"],
  decidedMs: ["smallint", "decided_ms"],
  qualityMs: ["smallint", "quality_ms"],
  livenessMs: ["smallint", "liveness_ms"],
  verifyMs: ["smallint", "verify_ms"],
  diagnosisMs: ["smallint", "diagnosis_ms"],
  judgedMs: ["smallint", "judged_ms"],
  failuresBefore: ["smallint", "failures_before"],
  feedbackLocale: ["text", "feedback_locale"],
  pauseAfterFailures: ["integer", null],
  pauseMinutes: ["integer", null],
  customId: SUBJECT,
};

export const CLOSED_COLUMNS: StoredFields<LoginClosed> = {
  loginId: ["uuid", "login_id"],
  openedAt: ["timestamptz(3)", "opened_at"],
  at: ["timestamptz(3)", "at"],
  applicationId: ["uuid", "application_id"],
  personId: ["uuid", "person_id"],
  path: ["text", "path"],
  pathReason: ["text", "path_reason"],
  outcome: ["text", "outcome"],
  fallbackReason: ["text", "fallback_reason"],
  lockedOut: ["boolean", "locked_out"],
  attempts: ["smallint", "attempts"],
  purpose: ["text", "purpose"],
  channel: ["text", "channel"],
  deviceClass: ["text", "device_class"],
  exposurePercent: ["smallint", "exposure_percent"],
  customId: SUBJECT,
};

type AnyColumns = Record<string, readonly [type: string, column: string | null]>;

/** `"id" uuid, "openedAt" timestamptz(3), …`: the shape of the JSON. */
export const jsonShape = (columns: AnyColumns): string =>
  Object.entries(columns)
    .map(([field, [type]]) => `"${field}" ${type}`)
    .join(", ");

/** `id, opened_at, …`: the stored columns. */
export const storedColumns = (columns: AnyColumns): string =>
  Object.values(columns)
    .flatMap(([, column]) => column ?? [])
    .join(", ");

/** `e."id", e."openedAt", …`: the fields for them, the person resolved. */
export const storedFields = (columns: AnyColumns): string =>
  Object.entries(columns)
    .flatMap(([field, [, column]]) => (column ? [field === "personId" ? "e.person" : `e."${field}"`] : []))
    .join(", ");
