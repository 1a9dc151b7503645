import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { timestamptz } from "../timestamptz.ts";

/**
 * Counts of the history, kept by the statement that inserts it, from what it inserted, in three tiers at once: minutes,
 * hours and days (lib/recording/tiers.ts). A row names what it counts by a cell, a digest of its dimensions, so that it is
 * small and any gateway can compute it. Each tier has a table of its own, as a partition. The functions rollup_cell and rollup_tiles are in the migrations.
 */

const tierKnown = (column: unknown) => sql`${column} in (0, 1, 2)`;

/** The one row that says by which zone hours and days begin, and since when counts by the minute are kept. */
export const rollupClock = pgTable(
  "rollup_clock",
  {
    onlyRow: boolean("only_row").primaryKey().default(true),
    timeZone: text("time_zone").notNull(),
    /** Counts of the minutes before it are being deleted, or were; hours and days stay. */
    minutesFrom: timestamptz("minutes_from").notNull(),
  },
  (t) => [check("rollup_clock_only_row", sql`${t.onlyRow}`)],
);

/** What verifications are counted by. A row never changes and its id follows from it. */
export const verificationCells = pgTable("verification_cells", {
  id: bigint("id", { mode: "bigint" }).primaryKey(),
  source: text("source").notNull(),
  actorId: uuid("actor_id").notNull(),
  channel: text("channel").notNull(),
  deviceClass: text("device_class").notNull(),
  modality: text("modality").notNull(),
  exposurePercent: smallint("exposure_percent").notNull(),
  outcome: text("outcome").notNull(),
  reason: text("reason").notNull(),
  /** HTTP status of the decisive call; 0 when no answer came. */
  apiStatus: smallint("api_status").notNull(),
});

/** Verifications by the time at which they were made. */
export const verificationRollups = pgTable(
  "verification_rollups",
  {
    startsAt: timestamptz("starts_at").notNull(),
    cell: bigint("cell", { mode: "bigint" }).notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
    tier: smallint("tier").notNull(),
  },
  (t) => [
    primaryKey({ name: "verification_rollups_pkey", columns: [t.tier, t.startsAt, t.cell] }),
    // Where rare verifications are, without a look at the times between them. New rows alone touch it: counts are not in it.
    index("verification_rollups_cell").on(t.cell, t.tier, t.startsAt),
    check("verification_rollups_tier_known", tierKnown(t.tier)),
  ],
);

/** What logins that ended are counted by. A row never changes and its id follows from it. */
export const loginCells = pgTable("login_cells", {
  id: bigint("id", { mode: "bigint" }).primaryKey(),
  applicationId: uuid("application_id").notNull(),
  channel: text("channel").notNull(),
  deviceClass: text("device_class").notNull(),
  purpose: text("purpose").notNull(),
  exposurePercent: smallint("exposure_percent").notNull(),
  path: text("path").notNull(),
  pathReason: text("path_reason").notNull(),
  outcome: text("outcome").notNull(),
  fallbackReason: text("fallback_reason").notNull(),
});

/** Logins by the time at which they ended. */
export const loginRollups = pgTable(
  "login_rollups",
  {
    startsAt: timestamptz("starts_at").notNull(),
    cell: bigint("cell", { mode: "bigint" }).notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
    /** Of these, those after which the person was locked out of the legacy login. */
    lockedOut: bigint("locked_out", { mode: "number" }).notNull(),
    /** Of these, those in which at least one capture came to the gateway. */
    captured: bigint("captured", { mode: "number" }).notNull(),
    tier: smallint("tier").notNull(),
  },
  (t) => [
    primaryKey({ name: "login_rollups_pkey", columns: [t.tier, t.startsAt, t.cell] }),
    // As for verifications; and where somebody was locked out, which a cell cannot tell.
    index("login_rollups_cell").on(t.cell, t.tier, t.startsAt),
    index("login_rollups_locked_out").on(t.cell, t.tier, t.startsAt).where(sql`locked_out > 0`),
    check("login_rollups_tier_known", tierKnown(t.tier)),
  ],
);

/**
 * API latency as a mergeable histogram: a percentile over any window is a sum. Buckets and percentiles are defined in
 * lib/recording/rules.ts.
 */
export const latencyRollups = pgTable(
  "latency_rollups",
  {
    startsAt: timestamptz("starts_at").notNull(),
    source: text("source").notNull(),
    bucket: smallint("bucket").notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
    tier: smallint("tier").notNull(),
  },
  (t) => [
    primaryKey({ name: "latency_rollups_pkey", columns: [t.tier, t.startsAt, t.source, t.bucket] }),
    check("latency_rollups_tier_known", tierKnown(t.tier)),
  ],
);

/** Who watches the history come in, by room: while somebody does, the recording statement tells that something came. */
export const liveTails = pgTable("live_tails", {
  room: text("room", { enum: ["verifications"] }).primaryKey(),
  watchedUntil: timestamptz("watched_until").notNull(),
});
