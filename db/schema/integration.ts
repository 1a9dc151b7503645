import { sql } from "drizzle-orm";
import {
  check,
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
import { API_KINDS, CHECK_IDS, FACTS, VERDICTS } from "#lib/contract-checks/types.ts";
import { RUN_STATES } from "#lib/integration-checks/types.ts";
import { timestamptz } from "../timestamptz.ts";

/** One run of the checks against an API: asked for in the console or by the script. At most one is open. */
export const integrationRuns = pgTable(
  "integration_runs",
  {
    id: uuid("id").primaryKey(),
    /** Scheme, host and base path of the API. */
    origin: text("origin").notNull(),
    kind: text("kind", { enum: API_KINDS }).notNull(),
    /** The last four characters of the key: no more of it is ever kept. */
    keyEnd: text("key_end").notNull(),
    /** Null where the script ran it. */
    askedBy: uuid("asked_by"),
    askedAt: timestamptz("asked_at").notNull(),
    state: text("state", { enum: RUN_STATES }).notNull(),
    startedAt: timestamptz("started_at"),
    /** When whoever makes it said last that it goes on. */
    seenAt: timestamptz("seen_at"),
    stopAskedAt: timestamptz("stop_asked_at"),
    endedAt: timestamptz("ended_at"),
    /** How many checks and, at most, calls it was said to make. */
    checks: smallint("checks").notNull(),
    callsAtMost: smallint("calls_at_most").notNull(),
  },
  (t) => [
    uniqueIndex("integration_runs_open").on(sql`(true)`).where(sql`ended_at is null`),
    index("integration_runs_asked").on(t.askedAt.desc()),
    check("integration_runs_ended", sql`(${t.endedAt} is null) = (${t.state} in ('asked', 'running'))`),
  ],
);

/** One check of a run: written before its first call, with its verdict after the last. A run that was cut off leaves one without. */
export const integrationResults = pgTable(
  "integration_results",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => integrationRuns.id, { onDelete: "cascade" }),
    checkId: text("check_id", { enum: CHECK_IDS }).notNull(),
    place: smallint("place").notNull(),
    startedAt: timestamptz("started_at").notNull(),
    verdict: text("verdict", { enum: VERDICTS }),
    findings: text("findings").array().notNull().default(sql`'{}'`),
    code: text("code"),
    tookMs: integer("took_ms"),
    /** The calls as they may be shown: no picture, no template, no key. */
    exchanges: jsonb("exchanges").notNull().default(sql`'[]'`),
    decisive: smallint("decisive"),
  },
  (t) => [primaryKey({ columns: [t.runId, t.checkId] })],
);

/** A made-up CustomID that a run sends to be enrolled: written down before, and until the API says that it knows it not. */
export const integrationPeople = pgTable(
  "integration_people",
  {
    customId: text("custom_id").primaryKey(),
    runId: uuid("run_id")
      .notNull()
      .references(() => integrationRuns.id, { onDelete: "cascade" }),
    askedAt: timestamptz("asked_at").notNull(),
    /** Null while an enrolment of it may still be on its way. */
    answeredAt: timestamptz("answered_at"),
    /** When its deletion was last tried. */
    triedAt: timestamptz("tried_at"),
    goneAt: timestamptz("gone_at"),
  },
  (t) => [index("integration_people_left").on(t.runId).where(sql`gone_at is null`)],
);

/** What a run saw of an API where the public guide leaves it open; the newest of each. */
export const observedFacts = pgTable(
  "observed_facts",
  {
    origin: text("origin").notNull(),
    fact: text("fact", { enum: FACTS }).notNull(),
    value: text("value").notNull(),
    runId: uuid("run_id").notNull(),
    observedAt: timestamptz("observed_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.origin, t.fact] })],
);
