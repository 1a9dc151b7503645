import { sql } from "drizzle-orm";
import { check, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../timestamptz.ts";

/**
 * What a room shows, kept under a name by a member: facets, window and order, nothing that names a person. Whoever may
 * read the room opens it by its id; its owner alone changes it.
 */
export const savedViews = pgTable(
  "saved_views",
  {
    id: uuid("id").primaryKey(),
    room: text("room", { enum: ["verifications"] }).notNull(),
    ownerId: uuid("owner_id").notNull(),
    name: text("name").notNull(),
    values: jsonb("values").notNull(),
    createdAt: timestamptz("created_at").notNull(),
    changedAt: timestamptz("changed_at").notNull(),
  },
  (t) => [
    uniqueIndex("saved_views_name_key").on(t.ownerId, t.room, sql`lower(name)`),
    check("saved_views_name_length", sql`char_length(${t.name}) between 1 and 60`),
  ],
);
