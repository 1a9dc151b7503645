import { sql } from "drizzle-orm";
import { boolean, check, integer, jsonb, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../timestamptz.ts";

/** The gateway's rules, one row per version; the highest version is in force. Values are parsed by lib/policies. */
export const policies = pgTable("policies", {
  version: integer("version").primaryKey(),
  values: jsonb("values").notNull(),
  changedBy: uuid("changed_by"),
  changedAt: timestamptz("changed_at").notNull(),
  /** Why, in the words of whoever changed it; null for the first version, which nobody chose. */
  reason: text("reason"),
  /** By the database's own clock, like the time at which a gateway took it: so the two can be compared. */
  recordedAt: timestamptz("recorded_at").notNull().default(sql`clock_timestamp()`),
});

/**
 * What we want of a flag, apart from what Unleash says: a gateway offers the biometric path only where both agree.
 * One row per flag; `version` grows with every change and is announced on the channel `rollout_intent`.
 */
export const rolloutIntents = pgTable(
  "rollout_intents",
  {
    flag: text("flag").primaryKey(),
    exposurePercent: smallint("exposure_percent").notNull(),
    halted: boolean("halted").notNull().default(false),
    /** Whether the early adopters are offered the path, whatever their bucket. */
    offersEarlyAdopters: boolean("offers_early_adopters").notNull().default(false),
    /** Nothing advances by itself until a person resumes. */
    heldAt: timestamptz("held_at"),
    version: integer("version").notNull().default(1),
    changedBy: uuid("changed_by"),
    changedAt: timestamptz("changed_at").notNull(),
    /** By the database's own clock, like the time at which a gateway took it: so the two can be compared. */
    recordedAt: timestamptz("recorded_at").notNull().default(sql`clock_timestamp()`),
  },
  (t) => [check("rollout_intents_exposure_range", sql`${t.exposurePercent} between 0 and 100`)],
);

/**
 * The circuit's hand switch, one row per use; the highest version is in force, announced on the channel `circuit_switch`.
 * `heldUntil` null gives the circuit back to itself; a hold always has an end, which gateways keep by their own clocks.
 */
export const circuitSwitches = pgTable("circuit_switches", {
  version: integer("version").primaryKey(),
  heldUntil: timestamptz("held_until"),
  reason: text("reason").notNull(),
  changedBy: uuid("changed_by"),
  changedAt: timestamptz("changed_at").notNull(),
});

/** A running gateway, as it last reported itself; older than a minute counts as gone. */
export const gateways = pgTable("gateways", {
  name: text("name").primaryKey(),
  startedAt: timestamptz("started_at").notNull(),
  seenAt: timestamptz("seen_at").notNull(),
  intentVersion: integer("intent_version"),
  /** When it first reported this version of the intent, by the database's own clock. */
  intentTakenAt: timestamptz("intent_taken_at"),
  /** The policy it runs; 0 for the built-in defaults, null from a gateway that does not report it. */
  policyVersion: integer("policy_version"),
  /** When it first reported this policy version, by the database's own clock. */
  policyTakenAt: timestamptz("policy_taken_at"),
  /** The version of the circuit's switch it obeys; null where there is none, or from a gateway that does not report it. */
  circuitVersion: integer("circuit_version"),
  flagState: text("flag_state").notNull(),
  definitionHash: text("definition_hash"),
  peopleCircuit: text("people_circuit").notNull(),
  journalLines: integer("journal_lines").notNull(),
});
