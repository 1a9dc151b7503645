import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { EVIDENCE, PARTS, PROBES, TROUBLE_CAUSES } from "#lib/incidents/schema.ts";
import { timestamptz } from "../timestamptz.ts";

/** What each probe found last, and since when it finds that. One row per probe; written by whichever worker asked. */
export const probeStandings = pgTable("probe_standings", {
  probe: text("probe", { enum: PROBES }).primaryKey(),
  at: timestamptz("at").notNull(),
  /** Null while it is well. */
  cause: text("cause", { enum: TROUBLE_CAUSES }),
  status: smallint("status"),
  latencyMs: integer("latency_ms"),
  since: timestamptz("since").notNull(),
});

/**
 * How often a probe was asked in an hour, by how long the answer took; bucket -1 counts what failed. An hour without a
 * row was not watched, and is not told as well.
 */
export const probeHours = pgTable(
  "probe_hours",
  {
    probe: text("probe", { enum: PROBES }).notNull(),
    hour: timestamptz("hour").notNull(),
    bucket: smallint("bucket").notNull(),
    count: integer("count").notNull(),
  },
  (t) => [
    primaryKey({ name: "probe_hours_pkey", columns: [t.hour, t.probe, t.bucket] }),
    check("probe_hours_counted", sql`${t.count} > 0 and ${t.bucket} >= -1`),
  ],
);

/**
 * A part in trouble, from the first round that showed it until nothing of it was seen any more. At most one is open for
 * each part. What it cost is counted while it lasts and for a while afterwards, as logins end later than they fail.
 */
export const incidents = pgTable(
  "incidents",
  {
    id: uuid("id").primaryKey(),
    part: text("part", { enum: PARTS }).notNull(),
    openedAt: timestamptz("opened_at").notNull(),
    /** The last round, or the last minute of calls, that showed it. */
    seenAt: timestamptz("seen_at").notNull(),
    wellSince: timestamptz("well_since"),
    closedAt: timestamptz("closed_at"),
    /** Every cause that was seen, the first one first. */
    causes: text("causes", { enum: TROUBLE_CAUSES }).array().notNull(),
    evidence: text("evidence", { enum: EVIDENCE }).array().notNull(),
    /** Of the API: which calls failed. */
    operations: text("operations").array().notNull(),
    loginsFellBack: integer("logins_fell_back").notNull().default(0),
    people: integer("people").notNull().default(0),
  },
  (t) => [
    uniqueIndex("incidents_open_key").on(t.part).where(sql`closed_at is null`),
    index("incidents_opened").on(t.openedAt.desc()),
    check("incidents_caused", sql`cardinality(${t.causes}) > 0`),
    check("incidents_order", sql`${t.closedAt} is null or ${t.closedAt} >= ${t.openedAt}`),
  ],
);
