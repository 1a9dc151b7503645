import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { BLOCK_CAUSES } from "#lib/requests/types.ts";
import { timestamptz } from "../timestamptz.ts";

/**
 * One row per CustomID that was ever sent for enrolment. It is the only place where a CustomID stands beside our own
 * person id: deleting the row de-identifies the whole history at once. A CustomID that was never enrolled has no row.
 */
export const people = pgTable(
  "people",
  {
    id: uuid("id").primaryKey(),
    /** Exactly as the application gave it: case and spaces count, as at the API. */
    customId: text("custom_id").notNull(),
    /** Case and spaces folded, for search only. */
    customIdFolded: text("custom_id_folded").notNull(),
    /** Null while enrolment is pending, and when an enrolment was confirmed without the API saying the id. */
    bioPassId: text("bio_pass_id"),
    status: text("status", { enum: ["pending", "enrolled", "blocked"] }).notNull(),
    faceEnrolled: boolean("face_enrolled").notNull().default(false),
    /** Finger positions 1-10 known to be enrolled, ascending. */
    fingersEnrolled: smallint("fingers_enrolled").array().notNull().default(sql`'{}'`),
    /** A code of the closed list in lib/people/schema.ts. */
    legalBasis: text("legal_basis").notNull(),
    /** Why nobody with this CustomID logs in by biometrics or enrols, by which request or rolled-back rollout and since when; of the blocked alone. */
    blockedFor: text("blocked_for", { enum: BLOCK_CAUSES }),
    blockedBy: uuid("blocked_by"),
    blockedAt: timestamptz("blocked_at"),
    /** 0-99: where the person stands in the rollout. The key it is computed from is never stored. */
    bucket: smallint("bucket").notNull(),
    /** Failed biometric tries since the last approved one, across logins. */
    failuresInARow: integer("failures_in_a_row").notNull().default(0),
    /** When a try made through an application last matched, and the failures since, newest 32: a late record is counted in its place. */
    lastMatchedAt: timestamptz("last_matched_at"),
    recentFailuresAt: timestamptz("recent_failures_at").array().notNull().default(sql`'{}'`),
    pausedUntil: timestamptz("paused_until"),
    createdAt: timestamptz("created_at").notNull(),
    enrolledAt: timestamptz("enrolled_at"),
    /** When the API last confirmed that this enrolment exists. */
    confirmedAt: timestamptz("confirmed_at"),
    /** The opening time of the closed login that was opened last, and how it ended. */
    lastLoginAt: timestamptz("last_login_at"),
    lastLoginOutcome: text("last_login_outcome"),
  },
  (t) => [
    uniqueIndex("people_custom_id_key").on(t.customId),
    index("people_custom_id_folded_prefix").using("btree", t.customIdFolded.op("text_pattern_ops")),
    index("people_custom_id_folded_trgm").using("gin", t.customIdFolded.op("gin_trgm_ops")),
    // An ending is a beginning of the reversed text: what a reader of masked CustomIDs searches by.
    index("people_custom_id_folded_end").using("btree", sql`reverse(${t.customIdFolded}) text_pattern_ops`),
    index("people_enrolled_at").on(t.enrolledAt.desc(), t.id),
    // What few people are: a walk of everybody would look at millions to find fifty of them.
    index("people_not_enrolled").on(t.status, t.enrolledAt.desc(), t.id).where(sql`status <> 'enrolled'`),
    index("people_paused_until").on(t.pausedUntil).where(sql`paused_until is not null`),
    index("people_with_fingers").on(t.enrolledAt.desc(), t.id).where(sql`cardinality(fingers_enrolled) > 0`),
    index("people_with_nothing")
      .on(t.enrolledAt.desc(), t.id)
      .where(sql`not face_enrolled and cardinality(fingers_enrolled) = 0`),
    check("people_bucket_range", sql`${t.bucket} between 0 and 99`),
    check("people_status_known", sql`${t.status} in ('pending', 'enrolled', 'blocked')`),
  ],
);

/**
 * One row per attempt to enrol or recapture: written before the call (state `intended`), settled after it. A row left
 * `intended` was cut off by a crash; `unknown` means that the API may hold what was sent. It outlives the person's row.
 */
export const enrolments = pgTable(
  "enrolments",
  {
    id: uuid("id").primaryKey(),
    personId: uuid("person_id").notNull(),
    kind: text("kind", { enum: ["enrol", "recapture"] }).notNull(),
    state: text("state", { enum: ["intended", "succeeded", "refused", "failed", "unknown"] }).notNull(),
    /** An ApiFailureCode or a quality reason when the state is not `succeeded`. */
    reason: text("reason"),
    face: boolean("face").notNull(),
    fingers: smallint("fingers").array().notNull().default(sql`'{}'`),
    source: text("source", { enum: ["gateway", "console"] }).notNull(),
    /** The application for the gateway, the member for the console. */
    actorId: uuid("actor_id").notNull(),
    apiStatus: smallint("api_status"),
    latencyMs: integer("latency_ms"),
    intendedAt: timestamptz("intended_at").notNull(),
    settledAt: timestamptz("settled_at"),
    /** What was sent took the place of everything enrolled before: this API's update keeps nothing else. */
    replacesAll: boolean("replaces_all").notNull().default(false),
  },
  (t) => [index("enrolments_person").on(t.personId, t.intendedAt.desc())],
);
