import { sql } from "drizzle-orm";
import {
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
 * Somebody who wants to be told: a webhook or a mailbox, with the events it chose. A removed one stays for the sake of
 * its deliveries, without its secret. Events and kinds are listed in lib/notifications/schema.ts.
 */
export const notificationTargets = pgTable(
  "notification_targets",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind", { enum: ["webhook", "email"] }).notNull(),
    name: text("name").notNull(),
    /** A web address, or a mailbox of the company's own staff. */
    address: text("address").notNull(),
    events: text("events").array().notNull(),
    /** The language of its e-mails. */
    locale: text("locale", { enum: ["en", "pt-BR"] }).notNull(),
    /** The signing secret, sealed with a key that is not in the database. */
    secretSealed: text("secret_sealed"),
    /** The secret before the last rotation; it signs beside the new one until then. */
    previousSecretSealed: text("previous_secret_sealed"),
    previousSecretUntil: timestamptz("previous_secret_until"),
    createdAt: timestamptz("created_at").notNull(),
    pausedAt: timestamptz("paused_at"),
    removedAt: timestamptz("removed_at"),
  },
  (t) => [
    uniqueIndex("notification_targets_name_key").on(t.name).where(sql`removed_at is null`),
    check("notification_targets_kind_known", sql`${t.kind} in ('webhook', 'email')`),
    check(
      "notification_targets_secret_of_webhook",
      sql`${t.removedAt} is not null or (${t.kind} = 'webhook') = (${t.secretSealed} is not null)`,
    ),
  ],
);

/**
 * Something that happened and somebody wanted to know: written in the transaction of the change, or by the watcher
 * with its alarm. It holds our own ids and figures, never a CustomID, an address or a name of a person.
 */
export const notificationEvents = pgTable(
  "notification_events",
  {
    /** Goes out as `webhook-id`: the same in every try and for every target. */
    id: uuid("id").primaryKey(),
    type: text("type").notNull(),
    data: jsonb("data").notNull(),
    at: timestamptz("at").notNull(),
  },
  (t) => [index("notification_events_at").on(t.at)],
);

/**
 * One event on its way to one target, made with the event. A try takes the row for a time (`leased_until`), so that two
 * workers never send at once; one that dies in the middle lets go by that time. It may therefore arrive twice.
 */
export const notificationDeliveries = pgTable(
  "notification_deliveries",
  {
    eventId: uuid("event_id")
      .notNull()
      .references(() => notificationEvents.id, { onDelete: "cascade" }),
    targetId: uuid("target_id")
      .notNull()
      .references(() => notificationTargets.id),
    state: text("state", { enum: ["waiting", "delivered", "given_up"] })
      .notNull()
      .default("waiting"),
    attempts: integer("attempts").notNull().default(0),
    createdAt: timestamptz("created_at").notNull(),
    nextTryAt: timestamptz("next_try_at").notNull(),
    leasedUntil: timestamptz("leased_until"),
    lastTriedAt: timestamptz("last_tried_at"),
    /** The answer's status to the last try, of HTTP or SMTP; null where none came. */
    lastStatus: integer("last_status"),
    /** Why the last try failed, a code of lib/notifications/types.ts. */
    lastFailure: text("last_failure"),
    lastLatencyMs: integer("last_latency_ms"),
  },
  (t) => [
    primaryKey({ name: "notification_deliveries_pkey", columns: [t.eventId, t.targetId] }),
    index("notification_deliveries_due").on(t.targetId, t.nextTryAt).where(sql`state = 'waiting'`),
    index("notification_deliveries_target").on(t.targetId, t.createdAt.desc()),
    check("notification_deliveries_state_known", sql`${t.state} in ('waiting', 'delivered', 'given_up')`),
  ],
);

/** A trouble that was told and is not over: as long as its row is there, it is not told again. */
export const notificationAlarms = pgTable("notification_alarms", {
  /** `api`, `gateway:<name>`, `sign_in:<member id>`, or an event of a request or list with its id and the deadline. */
  subject: text("subject").primaryKey(),
  since: timestamptz("since").notNull(),
});
