import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { timestamptz } from "../timestamptz.ts";

const bytea = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

/**
 * What a member or the system did. Written in the transaction of the change, and not yet part of the tree: the sealer
 * gives it its place in `audit_leaves`. It holds our own ids, never a CustomID; a person is named by a keyed reference.
 * Like the other tables of the log it only grows: triggers refuse update, delete and truncate.
 */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: uuid("id").primaryKey(),
    at: timestamptz("at").notNull(),
    /** Null for the system itself. */
    actorId: uuid("actor_id"),
    actorRole: text("actor_role").notNull(),
    /** `entity.verb`. */
    action: text("action").notNull(),
    entityType: text("entity_type").notNull(),
    entityId: text("entity_id"),
    outcome: text("outcome", { enum: ["done", "refused"] }).notNull(),
    details: jsonb("details").notNull(),
    /** HMAC-SHA-256 of the CustomID under the epoch's key, in hexadecimal; with the epoch, or neither. */
    subjectRef: text("subject_ref"),
    subjectEpoch: integer("subject_epoch"),
    /** SHA-256 of what `audit_sealed_details` holds for this entry, in hexadecimal. */
    sealedHash: text("sealed_hash"),
  },
  (t) => [
    index("audit_entries_at").on(t.at.desc(), t.id.desc()),
    index("audit_entries_entity").on(t.entityType, t.entityId, t.at.desc()),
    index("audit_entries_actor").on(t.actorId, t.at.desc()),
    index("audit_entries_action").on(t.action, t.at.desc()),
    index("audit_entries_subject").on(t.subjectRef, t.at.desc()).where(sql`subject_ref is not null`),
    check("audit_entries_subject_whole", sql`(${t.subjectRef} is null) = (${t.subjectEpoch} is null)`),
  ],
);

/** Keys that subject references are made with; the newest is in use. Random, wrapped by a key outside the database. */
export const auditEpochs = pgTable("audit_epochs", {
  epoch: integer("epoch").primaryKey(),
  wrappedKey: bytea("wrapped_key").notNull(),
  createdAt: timestamptz("created_at").notNull(),
});

/**
 * Keys that seal what entries tell of one person, wrapped by a key outside the database. Deleting a person's keys makes
 * those details unreadable and leaves the tree whole, so these rows alone may be deleted.
 */
export const auditSubjectKeys = pgTable(
  "audit_subject_keys",
  {
    id: uuid("id").primaryKey(),
    subjectRef: text("subject_ref").notNull(),
    subjectEpoch: integer("subject_epoch")
      .notNull()
      .references(() => auditEpochs.epoch),
    wrappedKey: bytea("wrapped_key").notNull(),
    createdAt: timestamptz("created_at").notNull(),
  },
  (t) => [index("audit_subject_keys_subject").on(t.subjectRef)],
);

/** What an entry tells of a person, encrypted under the person's key. The key's id outlives the key. */
export const auditSealedDetails = pgTable("audit_sealed_details", {
  entryId: uuid("entry_id")
    .primaryKey()
    .references(() => auditEntries.id),
  subjectKeyId: uuid("subject_key_id").notNull(),
  ciphertext: bytea("ciphertext").notNull(),
});

/** Entries that wait for their place in the log: put here by a trigger, taken away by the sealer in the transaction that gives it. */
export const auditUnsealed = pgTable("audit_unsealed", {
  entryId: uuid("entry_id").primaryKey(),
  at: timestamptz("at").notNull(),
});

/** The place of each sealed entry in the log, counted from 0 without gaps, and its leaf in the Merkle tree. */
export const auditLeaves = pgTable(
  "audit_leaves",
  {
    sequence: bigint("sequence", { mode: "number" }).primaryKey(),
    entryId: uuid("entry_id")
      .notNull()
      .references(() => auditEntries.id),
    /** SHA-256(00 ‖ JCS(entry with its sequence)). */
    leaf: bytea("leaf").notNull(),
    sealedAt: timestamptz("sealed_at").notNull(),
  },
  (t) => [uniqueIndex("audit_leaves_entry_key").on(t.entryId)],
);

/** The root over each full run of 256^level leaves: with them a root or a proof reads hundreds of rows, not all. */
export const auditNodes = pgTable(
  "audit_nodes",
  {
    level: smallint("level").notNull(),
    index: bigint("index", { mode: "number" }).notNull(),
    hash: bytea("hash").notNull(),
  },
  (t) => [primaryKey({ name: "audit_nodes_pkey", columns: [t.level, t.index] })],
);

/** A root over the first `tree_size` entries, signed with Ed25519 as a C2SP note. */
export const auditCheckpoints = pgTable(
  "audit_checkpoints",
  {
    treeSize: bigint("tree_size", { mode: "number" }).primaryKey(),
    note: text("note").notNull(),
    signedAt: timestamptz("signed_at").notNull(),
    cause: text("cause", { enum: ["schedule", "count", "shutdown", "demand"] }).notNull(),
  },
  (t) => [
    check("audit_checkpoints_cause_known", sql`${t.cause} in ('schedule', 'count', 'shutdown', 'demand')`),
  ],
);

/** That a checkpoint was written to a place outside the database. Webhooks keep account of themselves as deliveries. */
export const auditCheckpointCopies = pgTable(
  "audit_checkpoint_copies",
  {
    treeSize: bigint("tree_size", { mode: "number" })
      .notNull()
      .references(() => auditCheckpoints.treeSize),
    place: text("place", { enum: ["file"] }).notNull(),
    keptAt: timestamptz("kept_at").notNull(),
  },
  (t) => [primaryKey({ name: "audit_checkpoint_copies_pkey", columns: [t.treeSize, t.place] })],
);

/** One run of verifying the log, with how far it is. Its rows change: they are about the log and no part of it. */
export const auditVerifications = pgTable(
  "audit_verifications",
  {
    id: uuid("id").primaryKey(),
    /** Null for the nightly one. */
    startedBy: uuid("started_by"),
    startedAt: timestamptz("started_at").notNull(),
    finishedAt: timestamptz("finished_at"),
    treeSize: bigint("tree_size", { mode: "number" }).notNull(),
    checked: bigint("checked", { mode: "number" }).notNull().default(0),
    /** Null until finished. What was found, the first first. */
    findings: jsonb("findings"),
  },
  (t) => [index("audit_verifications_started").on(t.startedAt.desc())],
);
