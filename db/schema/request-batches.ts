import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { REGIMES } from "#lib/deadlines/types.ts";
import {
  BATCH_ROW_STATES,
  BATCH_STATES,
  BATCH_TROUBLES,
  CHANNELS,
  IDENTITY_METHODS,
  RIGHTS,
} from "#lib/requests/types.ts";
import { timestamptz } from "../timestamptz.ts";
import { templateSettlements } from "./rollouts.ts";

/**
 * A list of people who asked for the same, read from a CSV, or whom the retention or a choice after a roll back lets go of:
 * then nobody opened it, its rows come from no file, and whoever saved the rule or chose stands for its assessment. Each good row becomes a request of its
 * own; they are assessed and approved together, by two people, bound to a digest over all their previews.
 */
export const requestBatches = pgTable(
  "request_batches",
  {
    id: uuid("id").primaryKey(),
    /** `BULK-2026-0004`. */
    name: text("name").notNull(),
    right: text("right", { enum: RIGHTS }).notNull(),
    regimes: text("regimes", { enum: REGIMES }).array().notNull(),
    state: text("state", { enum: BATCH_STATES }).notNull(),
    version: integer("version").notNull().default(1),
    channel: text("channel", { enum: CHANNELS }).notNull(),
    /** How it was made sure who the people are, for all of them. */
    identityMethod: text("identity_method", { enum: IDENTITY_METHODS }),
    fileName: text("file_name"),
    fileSha256: text("file_sha256"),
    rows: integer("rows").notNull(),
    receivedAt: timestamptz("received_at").notNull(),
    dueAt: timestamptz("due_at").notNull(),
    openedBy: uuid("opened_by"),
    /** Of the retention alone: the day of the installation's zone it is the list of, and since before when all are inactive. */
    retentionDay: date("retention_day", { mode: "string" }),
    inactiveBefore: timestamptz("inactive_before"),
    /** Of a choice after a roll back alone: which one. */
    settlementId: uuid("settlement_id").references(() => templateSettlements.id),
    openedAt: timestamptz("opened_at").notNull(),
    /** Whoever looked at the checked rows and let them become requests. */
    assessedBy: uuid("assessed_by"),
    assessedAt: timestamptz("assessed_at"),
    assessment: text("assessment"),
    /** The previews of all its requests added up, and the SHA-256 over their digests in the order of the rows. */
    preview: jsonb("preview"),
    previewDigest: text("preview_digest"),
    decidedBy: uuid("decided_by"),
    decidedAt: timestamptz("decided_at"),
    isSingleControl: boolean("is_single_control").notNull().default(false),
    executeAt: timestamptz("execute_at"),
    /** At most so many people are sent to the API in a minute; null where only the installation's own limit holds. */
    peoplePerMinute: integer("people_per_minute"),
    /** While it is set nothing more is sent. */
    pausedAt: timestamptz("paused_at"),
    closedAt: timestamptz("closed_at"),
  },
  (t) => [
    uniqueIndex("request_batches_name_key").on(t.name),
    uniqueIndex("request_batches_retention_day_key").on(t.retentionDay),
    index("request_batches_opened").on(t.openedAt.desc(), t.id.desc()),
    check(
      "request_batches_second_person",
      sql`${t.decidedBy} is null or ${t.isSingleControl} or (${t.decidedBy} is distinct from ${t.openedBy} and ${t.decidedBy} is distinct from ${t.assessedBy})`,
    ),
    check(
      "request_batches_from_file_or_rule",
      sql`num_nonnulls(${t.openedBy}, ${t.identityMethod}, ${t.fileName}, ${t.fileSha256}) = case when ${t.channel} in ('retention', 'roll_back') then 0 else 4 end and num_nonnulls(${t.retentionDay}, ${t.inactiveBefore}) = case when ${t.channel} = 'retention' then 2 else 0 end and (${t.settlementId} is not null) = (${t.channel} = 'roll_back')`,
    ),
    index("request_batches_settlement").on(t.settlementId).where(sql`${t.settlementId} is not null`),
    check("request_batches_pace", sql`${t.peoplePerMinute} > 0`),
  ],
);

/** One row of a list. The CustomID goes once the row is a request, and with the list's end. */
export const requestBatchRows = pgTable(
  "request_batch_rows",
  {
    batchId: uuid("batch_id")
      .notNull()
      .references(() => requestBatches.id),
    /** As the file counts its lines: the first after the heading is 2. */
    line: integer("line").notNull(),
    customId: text("custom_id"),
    state: text("state", { enum: BATCH_ROW_STATES }).notNull(),
    trouble: text("trouble", { enum: BATCH_TROUBLES }),
    /** Of a row that is twice in the file, the line that is kept; of an open request, its protocol. Never a CustomID. */
    fact: text("fact"),
    requestId: uuid("request_id"),
  },
  (t) => [
    primaryKey({ name: "request_batch_rows_pkey", columns: [t.batchId, t.line] }),
    index("request_batch_rows_custom_id").on(t.customId),
    check("request_batch_rows_trouble", sql`(${t.state} = 'left_out') = (${t.trouble} is not null)`),
    check("request_batch_rows_opened", sql`(${t.state} = 'opened') = (${t.requestId} is not null)`),
  ],
);
