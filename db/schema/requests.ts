import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { REGIMES } from "#lib/deadlines/types.ts";
import {
  CHANNELS,
  DENIAL_GROUNDS,
  IDENTITY_METHODS,
  PROPOSALS,
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
    channel: text("channel", { enum: CHANNELS }).notNull(),
    /** When the person asked; may be earlier than the opening. */
    receivedAt: timestamptz("received_at").notNull(),
    openedAt: timestamptz("opened_at").notNull(),
    /** The member; null where an application passed it on. */
    openedBy: uuid("opened_by"),
    /** The application; null where a member opened it. */
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
    closedAt: timestamptz("closed_at"),
    reopenedAfterRestore: boolean("reopened_after_restore").notNull().default(false),
  },
  (t) => [
    uniqueIndex("data_requests_protocol_key").on(t.protocol),
    uniqueIndex("data_requests_open_key").on(t.right, t.customId).where(sql`closed_at is null`),
    index("data_requests_due").on(t.dueAt, t.id).where(sql`closed_at is null`),
    index("data_requests_closed").on(t.closedAt.desc(), t.id.desc()).where(sql`closed_at is not null`),
    index("data_requests_subject").on(t.subjectRef),
    check("data_requests_opened_by_one", sql`(${t.openedBy} is null) <> (${t.applicationId} is null)`),
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

/** The last protocol number given in each year. */
export const requestNumbers = pgTable("request_numbers", {
  year: integer("year").primaryKey(),
  last: integer("last").notNull(),
});
