import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { REGIMES } from "#lib/deadlines/types.ts";
import {
  ATTEMPT_KINDS,
  ATTEMPT_STATES,
  CHANNELS,
  DELETION_REASONS,
  DENIAL_GROUNDS,
  IDENTITY_METHODS,
  PROPOSALS,
  RECIPIENT_STATES,
  REQUEST_STATES,
  RIGHTS,
} from "#lib/requests/types.ts";
import { timestamptz } from "../timestamptz.ts";

/**
 * What one person asked for under one right. A trigger lets the state move only along its legal steps. The CustomID
 * stands here while the request is open and no longer; afterwards the person is found again by the keyed reference alone.
 */
export const dataRequests = pgTable(
  "data_requests",
  {
    id: uuid("id").primaryKey(),
    /** `REQ-2026-0147`: counted by the year of its opening. */
    protocol: text("protocol").notNull(),
    right: text("right", { enum: RIGHTS }).notNull(),
    regimes: text("regimes", { enum: REGIMES }).array().notNull(),
    state: text("state", { enum: REQUEST_STATES }).notNull(),
    version: integer("version").notNull().default(1),
    customId: text("custom_id"),
    /** As in `audit_entries`. */
    subjectRef: text("subject_ref").notNull(),
    subjectEpoch: integer("subject_epoch").notNull(),
    /** Our row of the person; null where the CustomID was never enrolled here. Outlives the row. */
    personId: uuid("person_id"),
    /** The legal basis of the person's record when it was assessed; null where nothing was held. */
    legalBasis: text("legal_basis"),
    /** Of a deletion, which is nobody's right, and of nothing else. */
    deletionReason: text("deletion_reason", { enum: DELETION_REASONS }),
    /** The list it came with and is decided with; null once it goes on alone. */
    batchId: uuid("batch_id"),
    channel: text("channel", { enum: CHANNELS }).notNull(),
    /** When the person asked; may be earlier than the opening. */
    receivedAt: timestamptz("received_at").notNull(),
    openedAt: timestamptz("opened_at").notNull(),
    /** The member; null where an application passed it on, and where the installation opened it. */
    openedBy: uuid("opened_by"),
    /** The application that passed it on. */
    applicationId: uuid("application_id"),
    /** From here until the identity is checked the GDPR's clock stands still; null where nobody had to be asked. */
    identityAskedAt: timestamptz("identity_asked_at"),
    identityMethod: text("identity_method", { enum: IDENTITY_METHODS }),
    identityCheckedBy: uuid("identity_checked_by"),
    identityCheckedAt: timestamptz("identity_checked_at"),
    proposal: text("proposal", { enum: PROPOSALS }),
    denialGround: text("denial_ground", { enum: DENIAL_GROUNDS }),
    /** What the assessor says to the decider, and where the request is denied, to the person. */
    assessment: text("assessment"),
    /** What goes and what stays, as it was assessed, and its SHA-256 over the JCS form. */
    preview: jsonb("preview"),
    previewDigest: text("preview_digest"),
    assessedBy: uuid("assessed_by"),
    assessedAt: timestamptz("assessed_at"),
    decidedBy: uuid("decided_by"),
    decidedAt: timestamptz("decided_at"),
    isSingleControl: boolean("is_single_control").notNull().default(false),
    executeAt: timestamptz("execute_at"),
    extendedAt: timestamptz("extended_at"),
    extensionReason: text("extension_reason"),
    /** Under the rules the request was received under; the earliest of the laws that apply. */
    ruleVersion: text("rule_version").notNull(),
    dueAt: timestamptz("due_at").notNull(),
    /** How often it was carried out: once, and once more for each time that a restored database brought the person back. */
    round: smallint("round").notNull().default(1),
    /** Tries in a row that came to nothing, and when the worker looks again; null where it does at once or never. */
    failures: smallint("failures").notNull().default(0),
    nextTryAt: timestamptz("next_try_at"),
    closedAt: timestamptz("closed_at"),
    reopenedAfterRestore: boolean("reopened_after_restore").notNull().default(false),
  },
  (t) => [
    uniqueIndex("data_requests_protocol_key").on(t.protocol),
    uniqueIndex("data_requests_open_key").on(t.right, t.customId).where(sql`closed_at is null`),
    index("data_requests_due").on(t.dueAt, t.id).where(sql`closed_at is null`),
    index("data_requests_closed").on(t.closedAt.desc(), t.id.desc()).where(sql`closed_at is not null`),
    index("data_requests_subject").on(t.subjectRef),
    index("data_requests_batch").on(t.batchId, t.id),
    index("data_requests_custom_id").on(t.customId),
    check(
      "data_requests_opened_by_one",
      sql`num_nonnulls(${t.openedBy}, ${t.applicationId}) = case when ${t.channel} in ('retention', 'roll_back', 'restore') then 0 else 1 end`,
    ),
    check(
      "data_requests_deletion_reason",
      sql`(${t.deletionReason} is not null) = (${t.right} = 'deletion')`,
    ),
    check(
      "data_requests_second_person",
      sql`${t.decidedBy} is null or ${t.isSingleControl} or (${t.decidedBy} is distinct from ${t.openedBy} and ${t.decidedBy} is distinct from ${t.assessedBy})`,
    ),
    check("data_requests_named_while_open", sql`${t.closedAt} is not null or ${t.customId} is not null`),
    check("data_requests_received_first", sql`${t.receivedAt} <= ${t.openedAt}`),
    check(
      "data_requests_proposal_whole",
      sql`(${t.proposal} is null) = (${t.assessedBy} is null) and (${t.proposal} is null) = (${t.previewDigest} is null) and (${t.proposal} is not distinct from 'deny') = (${t.denialGround} is not null)`,
    ),
  ],
);

/** The last number given in each series (`REQ` for requests, `BULK` for lists) and year. */
export const requestNumbers = pgTable(
  "request_numbers",
  {
    series: text("series").notNull(),
    year: integer("year").notNull(),
    last: integer("last").notNull(),
  },
  (t) => [primaryKey({ name: "request_numbers_pkey", columns: [t.series, t.year] })],
);

/**
 * One act of carrying a request out, written down before it is done and settled after it. At most one is under way, and
 * at most one `delete` of a round may have had an effect: everything after it is a probe.
 */
export const requestAttempts = pgTable(
  "request_attempts",
  {
    id: uuid("id").primaryKey(),
    requestId: uuid("request_id")
      .notNull()
      .references(() => dataRequests.id),
    round: smallint("round").notNull(),
    /** From 1, over all rounds. */
    number: integer("number").notNull(),
    kind: text("kind", { enum: ATTEMPT_KINDS }).notNull(),
    state: text("state", { enum: ATTEMPT_STATES }).notNull(),
    /** `ok`, or why not: an ApiFailureCode, or what this end made of it. */
    code: text("code"),
    apiStatus: smallint("api_status"),
    /** SHA-256 (hexadecimal) of the answer's body; null where none came. */
    answerSha256: text("answer_sha256"),
    latencyMs: integer("latency_ms"),
    intendedAt: timestamptz("intended_at").notNull(),
    settledAt: timestamptz("settled_at"),
  },
  (t) => [
    uniqueIndex("request_attempts_number_key").on(t.requestId, t.number),
    uniqueIndex("request_attempts_one_under_way").on(t.requestId).where(sql`state = 'intended'`),
    uniqueIndex("request_attempts_one_delete")
      .on(t.requestId, t.round)
      .where(sql`kind = 'delete' and state <> 'refused'`),
    index("request_attempts_intended").on(t.intendedAt),
    check("request_attempts_settled", sql`(${t.state} = 'intended') = (${t.settledAt} is null)`),
  ],
);

/** Who else got the data of a request and is told, or excused with a note. A name here is a company's or a system's. */
export const requestRecipients = pgTable(
  "request_recipients",
  {
    id: uuid("id").primaryKey(),
    requestId: uuid("request_id")
      .notNull()
      .references(() => dataRequests.id),
    name: text("name").notNull(),
    state: text("state", { enum: RECIPIENT_STATES }).notNull(),
    note: text("note"),
    settledBy: uuid("settled_by"),
    settledAt: timestamptz("settled_at"),
  },
  (t) => [index("request_recipients_request").on(t.requestId)],
);

/**
 * The receipt of a request that was carried out, one per round. Its body is fixed, with its SHA-256 over the JCS form in
 * the `request.complete` entry of the audit log; the evidence (place in the log, signed checkpoint) follows in seconds.
 */
export const requestReceipts = pgTable(
  "request_receipts",
  {
    requestId: uuid("request_id")
      .notNull()
      .references(() => dataRequests.id),
    round: smallint("round").notNull(),
    body: jsonb("body").notNull(),
    digest: text("digest").notNull(),
    madeAt: timestamptz("made_at").notNull(),
    /** The whole receipt as a file, in its JCS form; null until its entry is sealed and signed. */
    file: text("file"),
    provedAt: timestamptz("proved_at"),
  },
  (t) => [
    primaryKey({ name: "request_receipts_pkey", columns: [t.requestId, t.round] }),
    index("request_receipts_unproved").on(t.madeAt).where(sql`file is null`),
  ],
);
