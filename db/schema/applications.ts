import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../timestamptz.ts";

/** One of the company's applications. It calls the gateway with a key of its own. */
export const applications = pgTable("applications", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull().unique("applications_name_key"),
  /** Names the application may send as `channel`, at most 20; anything else is recorded as `other`. */
  channels: text("channels").array().notNull().default(sql`'{}'`),
  createdAt: timestamptz("created_at").notNull(),
  disabledAt: timestamptz("disabled_at"),
});

/** A key of an application: only its SHA-256 and its last four characters are kept. */
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
    revokedAt: timestamptz("revoked_at"),
  },
  (t) => [uniqueIndex("application_keys_hash_key").on(t.hash)],
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
