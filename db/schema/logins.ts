import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../timestamptz.ts";

/**
 * The working row of an open login: which path it has and how many tries are used. Tries are counted by a conditional
 * update, so that two gateways cannot both take the last one. Rows are swept a day after they closed.
 */
export const loginStates = pgTable(
  "login_states",
  {
    id: uuid("id").primaryKey(),
    openedAt: timestamptz("opened_at").notNull(),
    applicationId: uuid("application_id").notNull(),
    personId: uuid("person_id"),
    path: text("path", { enum: ["biometric", "legacy"] }).notNull(),
    attemptsUsed: integer("attempts_used").notNull().default(0),
    attemptsAllowed: integer("attempts_allowed").notNull(),
    /** When the row was made: later than the opening where that came back from a journal, maybe before its outcome did. */
    recordedAt: timestamptz("recorded_at").notNull().defaultNow(),
    /** Open until an outcome is recorded. */
    closedAt: timestamptz("closed_at"),
  },
  (t) => [index("login_states_open").on(t.openedAt).where(sql`closed_at is null`)],
);

/**
 * A login was opened. Append-only, partitioned by month of `opened_at`, which is the time inside the UUIDv7 `id`: a
 * replayed event meets its own key again. No default partition. `person_id` points nowhere once a person is erased.
 */
export const logins = pgTable(
  "logins",
  {
    id: uuid("id").notNull(),
    openedAt: timestamptz("opened_at").notNull(),
    applicationId: uuid("application_id").notNull(),
    personId: uuid("person_id"),
    bucket: smallint("bucket"),
    path: text("path").notNull(),
    reason: text("reason").notNull(),
    /** Exposure in force when the path was chosen, 0-100 percent. */
    exposurePercent: smallint("exposure_percent").notNull(),
    purpose: text("purpose").notNull(),
    channel: text("channel").notNull(),
    deviceClass: text("device_class").notNull(),
    deviceOs: text("device_os"),
    appVersion: text("app_version"),
  },
  (t) => [
    primaryKey({ name: "logins_pkey", columns: [t.openedAt, t.id] }),
    index("logins_person").on(t.personId, t.openedAt.desc()),
  ],
);

/**
 * One capture compared (or not) at the API. Append-only, partitioned like its login by the login's opening time; a
 * console verification has no login and carries its own time as `opened_at`.
 */
export const verifications = pgTable(
  "verifications",
  {
    id: uuid("id").notNull(),
    openedAt: timestamptz("opened_at").notNull(),
    loginId: uuid("login_id"),
    at: timestamptz("at").notNull(),
    source: text("source").notNull(),
    /** The application for the gateway, the member for the console. */
    actorId: uuid("actor_id").notNull(),
    personId: uuid("person_id"),
    attempt: smallint("attempt").notNull(),
    modality: text("modality").notNull(),
    outcome: text("outcome").notNull(),
    reason: text("reason").notNull(),
    decision: text("decision").notNull(),
    /** Feedback code and catalogue version, never the text. */
    feedbackCode: text("feedback_code").notNull(),
    catalogueVersion: smallint("catalogue_version").notNull(),
    channel: text("channel").notNull(),
    deviceClass: text("device_class").notNull(),
    purpose: text("purpose").notNull(),
    exposurePercent: smallint("exposure_percent").notNull(),
    policyVersion: integer("policy_version").notNull(),
    /** The decisive call: its operation, HTTP status and known message. */
    apiOperation: text("api_operation"),
    apiStatus: smallint("api_status"),
    apiMessage: text("api_message"),
    apiTries: smallint("api_tries").notNull().default(0),
    /** All API calls of this verification together; null when none was made. */
    apiLatencyMs: integer("api_latency_ms"),
    faceMatched: boolean("face_matched"),
    fingersSent: smallint("fingers_sent").array().notNull().default(sql`'{}'`),
    fingersNotMatched: smallint("fingers_not_matched").array().notNull().default(sql`'{}'`),
    fingersListed: smallint("fingers_listed").array().notNull().default(sql`'{}'`),
    gateway: text("gateway").notNull(),
    /**
     * Where the time went, in whole milliseconds of the monotonic clock: until the calls began; the longest of each call
     * made; all until the judgement. Two bytes each, at most 32 767; null for what was not done, or not recorded then.
     */
    decidedMs: smallint("decided_ms"),
    qualityMs: smallint("quality_ms"),
    livenessMs: smallint("liveness_ms"),
    verifyMs: smallint("verify_ms"),
    diagnosisMs: smallint("diagnosis_ms"),
    judgedMs: smallint("judged_ms"),
    /** The person's failed tries in a row before this one, as the database had them then. */
    failuresBefore: smallint("failures_before"),
    /** The language the feedback was given in; null for checks by staff, which give none. */
    feedbackLocale: text("feedback_locale"),
  },
  (t) => [
    primaryKey({ name: "verifications_pkey", columns: [t.openedAt, t.id] }),
    index("verifications_at").on(t.at.desc(), t.id.desc()),
    index("verifications_person").on(t.personId, t.at.desc()),
    index("verifications_login").on(t.loginId),
    // What a second try of a call saved: few rows, counted on Service health.
    index("verifications_saved").on(t.at.desc()).where(sql`api_tries > 1 and outcome <> 'api_error'`),
  ],
);

/** How a login ended: one row per login, the first wins. Append-only, partitioned like its login. */
export const loginOutcomes = pgTable(
  "login_outcomes",
  {
    loginId: uuid("login_id").notNull(),
    openedAt: timestamptz("opened_at").notNull(),
    at: timestamptz("at").notNull(),
    applicationId: uuid("application_id").notNull(),
    personId: uuid("person_id"),
    path: text("path").notNull(),
    pathReason: text("path_reason").notNull(),
    outcome: text("outcome").notNull(),
    fallbackReason: text("fallback_reason").notNull(),
    lockedOut: boolean("locked_out").notNull().default(false),
    attempts: smallint("attempts").notNull(),
    purpose: text("purpose").notNull(),
    channel: text("channel").notNull(),
    deviceClass: text("device_class").notNull(),
    exposurePercent: smallint("exposure_percent").notNull(),
  },
  (t) => [
    primaryKey({ name: "login_outcomes_pkey", columns: [t.openedAt, t.loginId] }),
    index("login_outcomes_at").on(t.at.desc(), t.loginId.desc()),
    index("login_outcomes_person").on(t.personId, t.at.desc()),
  ],
);

/** What an application told us about a login afterwards, such as a false accept. */
export const loginReports = pgTable(
  "login_reports",
  {
    id: uuid("id").primaryKey(),
    loginId: uuid("login_id").notNull(),
    applicationId: uuid("application_id").notNull(),
    kind: text("kind").notNull(),
    note: text("note"),
    at: timestamptz("at").notNull(),
  },
  (t) => [index("login_reports_login").on(t.loginId)],
);

/** Journal lines that came back too late to be recorded, counted so that no acknowledged event vanishes silently. */
export const expiredEvents = pgTable(
  "expired_events",
  {
    /** The event's id; a login's opening and its outcome share one. */
    id: uuid("id").notNull(),
    kind: text("kind", { enum: ["opened", "verification", "closed"] }).notNull(),
    happenedAt: timestamptz("happened_at").notNull(),
    replayedAt: timestamptz("replayed_at").notNull(),
  },
  (t) => [primaryKey({ name: "expired_events_pkey", columns: [t.id, t.kind] })],
);
