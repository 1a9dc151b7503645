import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { PROOFS } from "#lib/auth/types.ts";
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
    /** argon2id in PHC form; null until an invitation is accepted, and for who signs in with single sign-on alone. */
    passwordHash: text("password_hash"),
    createdAt: timestamptz("created_at").notNull(),
    disabledAt: timestamptz("disabled_at"),
    /** Counts whatever is done to the account and its links, so that a stale change is refused. */
    version: integer("version").notNull().default(1),
  },
  (t) => [
    uniqueIndex("members_email_key").on(t.email),
    check(
      "members_role_known",
      sql`${t.role} in ('administrator', 'compliance_officer', 'product_manager', 'viewer')`,
    ),
  ],
);

/**
 * A console session. The signed cookie only names it; this row decides whether it still holds, and when and how its holder
 * last proved who they are: dangerous acts ask for a proof that is fresh.
 */
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
    provedAt: timestamptz("proved_at").notNull(),
    provedWith: text("proved_with", { enum: PROOFS }).notNull(),
  },
  (t) => [
    index("member_sessions_member").on(t.memberId),
    check(
      "member_sessions_proved_with_known",
      sql`${t.provedWith} in ('password', 'totp', 'recovery_code', 'single_sign_on')`,
    ),
  ],
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

/** A member's code app (RFC 6238). Set up, but not in force until its first code was given. One per member. */
export const memberCodeApps = pgTable("member_code_apps", {
  memberId: uuid("member_id")
    .primaryKey()
    .references(() => members.id),
  /** Encrypted with a key outside the database, bound to the member. */
  secretSealed: text("secret_sealed").notNull(),
  createdAt: timestamptz("created_at").notNull(),
  confirmedAt: timestamptz("confirmed_at"),
  /** The 30-second step of the last code taken: no code is taken twice, and none older than it. */
  lastStep: bigint("last_step", { mode: "number" }),
});

/** One-time codes for who has lost the code app. Only a digest is kept; a used one stays until new ones replace them all. */
export const memberRecoveryCodes = pgTable(
  "member_recovery_codes",
  {
    id: uuid("id").primaryKey(),
    memberId: uuid("member_id")
      .notNull()
      .references(() => members.id),
    codeHash: text("code_hash").notNull(),
    createdAt: timestamptz("created_at").notNull(),
    usedAt: timestamptz("used_at"),
  },
  (t) => [uniqueIndex("member_recovery_codes_code_key").on(t.memberId, t.codeHash)],
);

/**
 * A link with which a member sets a password: to come in the first time, or to come back. Works once, until it expires
 * or is withdrawn; of a member's links only the newest is open. Only a digest of the link is kept.
 */
export const memberInvitations = pgTable(
  "member_invitations",
  {
    id: uuid("id").primaryKey(),
    memberId: uuid("member_id")
      .notNull()
      .references(() => members.id),
    purpose: text("purpose", { enum: ["join", "return"] }).notNull(),
    tokenHash: text("token_hash").notNull(),
    createdBy: uuid("created_by").references(() => members.id),
    createdAt: timestamptz("created_at").notNull(),
    expiresAt: timestamptz("expires_at").notNull(),
    usedAt: timestamptz("used_at"),
    withdrawnAt: timestamptz("withdrawn_at"),
  },
  (t) => [
    uniqueIndex("member_invitations_token_key").on(t.tokenHash),
    uniqueIndex("member_invitations_open_key")
      .on(t.memberId)
      .where(sql`used_at is null and withdrawn_at is null`),
    check("member_invitations_purpose_known", sql`${t.purpose} in ('join', 'return')`),
  ],
);

/** Who a member is at an OpenID Connect provider: its issuer and its name for them, which never change. */
export const memberIdentities = pgTable(
  "member_identities",
  {
    issuer: text("issuer").notNull(),
    subject: text("subject").notNull(),
    memberId: uuid("member_id")
      .notNull()
      .references(() => members.id),
    createdAt: timestamptz("created_at").notNull(),
  },
  (t) => [primaryKey({ name: "member_identities_pkey", columns: [t.issuer, t.subject] })],
);
