import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../timestamptz.ts";

/** A person who signs in to the console. One role each. */
export const members = pgTable(
  "members",
  {
    id: uuid("id").primaryKey(),
    /** Lower case, trimmed. */
    email: text("email").notNull(),
    name: text("name").notNull(),
    role: text("role", {
      enum: ["administrator", "compliance_officer", "product_manager", "viewer"],
    }).notNull(),
    /** argon2id in PHC form. */
    passwordHash: text("password_hash").notNull(),
    createdAt: timestamptz("created_at").notNull(),
    disabledAt: timestamptz("disabled_at"),
  },
  (t) => [
    uniqueIndex("members_email_key").on(t.email),
    check(
      "members_role_known",
      sql`${t.role} in ('administrator', 'compliance_officer', 'product_manager', 'viewer')`,
    ),
  ],
);

/** A console session. The signed cookie only names it; this row decides whether it still holds. */
export const memberSessions = pgTable(
  "member_sessions",
  {
    id: uuid("id").primaryKey(),
    memberId: uuid("member_id")
      .notNull()
      .references(() => members.id),
    createdAt: timestamptz("created_at").notNull(),
    seenAt: timestamptz("seen_at").notNull(),
    endedAt: timestamptz("ended_at"),
  },
  (t) => [index("member_sessions_member").on(t.memberId)],
);

/** Failed sign-ins, for throttling; keyed by a digest so that a mistyped password or address is not stored. */
export const signInFailures = pgTable(
  "sign_in_failures",
  {
    id: uuid("id").primaryKey(),
    subject: text("subject").notNull(),
    at: timestamptz("at").notNull(),
  },
  (t) => [index("sign_in_failures_subject").on(t.subject, t.at.desc())],
);

/**
 * What a member or the system did. Written in the transaction of the change; a trigger refuses update, delete and
 * truncate. It holds our own ids, never a CustomID.
 */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: uuid("id").primaryKey(),
    at: timestamptz("at").notNull(),
    /** Null for the system itself. */
    actorId: uuid("actor_id"),
    actorRole: text("actor_role").notNull(),
    /** `entity.verb`. */
    action: text("action").notNull(),
    entityType: text("entity_type").notNull(),
    entityId: text("entity_id"),
    outcome: text("outcome", { enum: ["done", "refused"] }).notNull(),
    details: jsonb("details").notNull(),
  },
  (t) => [
    index("audit_entries_at").on(t.at.desc(), t.id.desc()),
    index("audit_entries_entity").on(t.entityType, t.entityId, t.at.desc()),
  ],
);
