import { sql } from "drizzle-orm";
import { boolean, check, date, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../timestamptz.ts";

/**
 * How long each kind of data is kept, one row per version; the highest one is what we want. What is obeyed lags a day
 * behind where it is shorter (lib/retention/rules.ts). No row means the defaults. Values are parsed by lib/retention.
 */
export const retentionSettings = pgTable("retention_settings", {
  version: integer("version").primaryKey(),
  values: jsonb("values").notNull(),
  changedBy: uuid("changed_by"),
  changedAt: timestamptz("changed_at").notNull(),
  /** Why, in the words of whoever changed it. */
  reason: text("reason").notNull(),
});

/**
 * Where the history begins: at most one row. Every month before `month` was dropped, and make_event_partitions makes
 * none of them again, so that an event that comes too late is counted as expired. It only ever moves forward.
 */
export const historyFloors = pgTable(
  "history_floors",
  {
    isOnly: boolean("is_only").primaryKey().default(true),
    /** The first day, in UTC, of the first month that may be kept. */
    month: date("month", { mode: "string" }).notNull(),
  },
  (t) => [
    check("history_floors_one_row", sql`${t.isOnly}`),
    check("history_floors_month_start", sql`extract(day from ${t.month}) = 1`),
  ],
);
