import { sql } from "drizzle-orm";
import { check, integer, pgTable, smallint, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../timestamptz.ts";

/**
 * The made-up data this installation holds: one row, or none. It is written before the first made-up row and deleted
 * with the last, so that data half made or half removed is known too. History and enrolments name their application,
 * so the made-up applications listed here tell made-up rows from real ones: no real row carries a mark for it. The
 * built-in sample application is not among them: what is tried out there is real.
 */
export const sampleData = pgTable(
  "sample_data",
  {
    id: smallint("id").primaryKey().default(1),
    applicationIds: uuid("application_ids").array().notNull(),
    /** The same number, moment and installation make the same history. */
    seed: integer("seed").notNull(),
    historyFrom: timestamptz("history_from").notNull(),
    historyUntil: timestamptz("history_until").notNull(),
    /** What there is of it by now: grows while it is made, shrinks while it is removed. */
    people: integer("people").notNull().default(0),
    logins: integer("logins").notNull().default(0),
    verifications: integer("verifications").notNull().default(0),
    createdAt: timestamptz("created_at").notNull(),
    /** Null while it is being made, and for good when the making was cut off. */
    completedAt: timestamptz("completed_at"),
  },
  (t) => [check("sample_data_one_row", sql`${t.id} = 1`)],
);
