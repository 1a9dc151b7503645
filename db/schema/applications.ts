import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { timestamptz } from "../timestamptz.ts";

/**
 * One of the company's applications. It calls the gateway with a key of its own; while it is disabled none of its keys
 * opens the gateway. `version` grows with every change of name, channels or standing.
 */
export const applications = pgTable("applications", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull().unique("applications_name_key"),
  /** Names the application may send as `channel`, at most 20; anything else is recorded as `other`. */
  channels: text("channels").array().notNull().default(sql`'{}'`),
  createdAt: timestamptz("created_at").notNull(),
  disabledAt: timestamptz("disabled_at"),
  version: integer("version").notNull().default(1),
});

/**
 * A key of an application: only its SHA-256 and its last four characters are kept. It is live until `revoked_at`, which
 * is also set when its planned end came. A trigger keeps an application at two live keys. `ends_at` and `replaced_by`
 * are set together; the end counts only once the replacing key, itself live, was used.
 */
export const applicationKeys = pgTable(
  "application_keys",
  {
    id: uuid("id").primaryKey(),
    applicationId: uuid("application_id")
      .notNull()
      .references(() => applications.id),
    hash: text("hash").notNull(),
    ending: text("ending").notNull(),
    createdAt: timestamptz("created_at").notNull(),
    /** The member who made it; null for the system. */
    createdBy: uuid("created_by"),
    /** A member said that the key lies in the company's own store. */
    storedAt: timestamptz("stored_at"),
    /** First and last call a gateway let through with it, as far as gateways have told. */
    firstUsedAt: timestamptz("first_used_at"),
    lastUsedAt: timestamptz("last_used_at"),
    /** When it is to end by itself. */
    endsAt: timestamptz("ends_at"),
    replacedBy: uuid("replaced_by").references((): AnyPgColumn => applicationKeys.id),
    revokedAt: timestamptz("revoked_at"),
  },
  (t) => [
    uniqueIndex("application_keys_hash_key").on(t.hash),
    index("application_keys_live").on(t.applicationId).where(sql`revoked_at is null`),
    check("application_keys_end_has_successor", sql`(${t.endsAt} is null) = (${t.replacedBy} is null)`),
  ],
);

/**
 * Calls that gateways let through with a key in one minute, added up by each gateway every few seconds. What a gateway
 * had not told yet when it was killed is missing. Swept after 7 days.
 */
export const applicationKeyUses = pgTable(
  "application_key_uses",
  {
    keyId: uuid("key_id")
      .notNull()
      .references(() => applicationKeys.id),
    minute: timestamptz("minute").notNull(),
    calls: integer("calls").notNull(),
    /** Most calls of the application in one second on one gateway: what the gateway's limit is about. */
    mostPerSecond: integer("most_per_second").notNull(),
  },
  (t) => [primaryKey({ name: "application_key_uses_pkey", columns: [t.keyId, t.minute] })],
);

/**
 * The answer given to a request that carried an Idempotency-Key, kept 24 hours. The row is claimed before the work
 * (status null) so that two requests at once cannot both act.
 */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    /** SHA-256 of application id and key. */
    id: text("id").primaryKey(),
    /** HMAC of method, path and body: the same key with another request is refused. */
    requestDigest: text("request_digest").notNull(),
    status: integer("status"),
    /** The answer as sent; it never holds an image or a CustomID. */
    body: jsonb("body"),
    createdAt: timestamptz("created_at").notNull(),
  },
  (t) => [index("idempotency_keys_created_at").on(t.createdAt)],
);
