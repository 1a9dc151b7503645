import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { EXPORT_KINDS, EXPORT_STATES } from "#lib/history-exports/types.ts";
import { timestamptz } from "../timestamptz.ts";

/**
 * A file of the history that a member asked for: what it holds, why, and how far it is. It may be fetched once, by
 * whoever asked. The audit log tells of the same by its id; this row is for the progress alone and goes after a while.
 */
export const historyExports = pgTable(
  "history_exports",
  {
    id: uuid("id").primaryKey(),
    memberId: uuid("member_id").notNull(),
    kind: text("kind", { enum: EXPORT_KINDS }).notNull(),
    filters: jsonb("filters").notNull(),
    /** The file holds the CustomIDs. */
    namesPeople: boolean("names_people").notNull(),
    reason: text("reason").notNull(),
    askedAt: timestamptz("asked_at").notNull(),
    state: text("state", { enum: EXPORT_STATES }).notNull(),
    /** When whoever sends it said last that it goes on. */
    seenAt: timestamptz("seen_at").notNull(),
    rowsExpected: bigint("rows_expected", { mode: "number" }).notNull(),
    rows: bigint("rows", { mode: "number" }).notNull().default(0),
    bytes: bigint("bytes", { mode: "number" }).notNull().default(0),
    sha256: text("sha256"),
    endedAt: timestamptz("ended_at"),
  },
  (t) => [
    index("history_exports_open").on(t.seenAt).where(sql`ended_at is null`),
    check("history_exports_ended", sql`(${t.endedAt} is null) = (${t.state} in ('asked', 'running'))`),
    check("history_exports_digest", sql`(${t.sha256} is null) = (${t.state} <> 'finished')`),
    check("history_exports_counts_nobody", sql`${t.kind} = 'rows' or not ${t.namesPeople}`),
  ],
);
