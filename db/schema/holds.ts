import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../timestamptz.ts";

/**
 * A legal hold: while it stands nothing of this person is erased, whoever asks. Placed by one person and released by
 * another. The CustomID stands here while it holds and no longer.
 */
export const legalHolds = pgTable(
  "legal_holds",
  {
    id: uuid("id").primaryKey(),
    version: integer("version").notNull().default(1),
    customId: text("custom_id"),
    /** As in `audit_entries`. */
    subjectRef: text("subject_ref").notNull(),
    subjectEpoch: integer("subject_epoch").notNull(),
    personId: uuid("person_id"),
    reason: text("reason").notNull(),
    placedBy: uuid("placed_by").notNull(),
    placedAt: timestamptz("placed_at").notNull(),
    releasedBy: uuid("released_by"),
    releasedAt: timestamptz("released_at"),
    releaseReason: text("release_reason"),
    isSingleControl: boolean("is_single_control").notNull().default(false),
  },
  (t) => [
    uniqueIndex("legal_holds_standing_key").on(t.customId).where(sql`released_at is null`),
    index("legal_holds_person").on(t.personId),
    check("legal_holds_named_while_standing", sql`(${t.releasedAt} is null) = (${t.customId} is not null)`),
    check("legal_holds_released_whole", sql`(${t.releasedAt} is null) = (${t.releasedBy} is null)`),
    check(
      "legal_holds_second_person",
      sql`${t.releasedBy} is null or ${t.isSingleControl} or ${t.releasedBy} <> ${t.placedBy}`,
    ),
  ],
);

/**
 * Who was erased, by a reference keyed with the secret of the erasure ledger, so that a later enrolment of the same
 * CustomID is told to the ledger. The ledger outside the database is what counts.
 */
export const erasedSubjects = pgTable("erased_subjects", {
  ledgerRef: text("ledger_ref").primaryKey(),
  erasedAt: timestamptz("erased_at").notNull(),
});
