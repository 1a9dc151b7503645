import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
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
import {
  ARMS,
  CHANGE_KINDS,
  CHANGE_STATES,
  ROLLOUT_STATES,
  STAGE_ENDS,
  TEMPLATE_CHOICES,
} from "#lib/rollout/schema.ts";
import { DECISIONS } from "#lib/rollout-evidence/schema.ts";
import { timestamptz } from "../timestamptz.ts";

/** One build's way from early adopters to everyone. A flag has at most one that has not ended. */
export const rollouts = pgTable(
  "rollouts",
  {
    id: uuid("id").primaryKey(),
    flag: text("flag").notNull(),
    /** What is rolled out, in the company's own words: `2026.3.1`. */
    build: text("build").notNull(),
    state: text("state", { enum: ROLLOUT_STATES }).notNull(),
    createdBy: uuid("created_by").notNull(),
    createdAt: timestamptz("created_at").notNull(),
    startedAt: timestamptz("started_at"),
    endedAt: timestamptz("ended_at"),
    /** What became of the biometrics enrolled during a rollout that was rolled back; null while nobody has chosen. */
    templatesChoice: text("templates_choice", { enum: TEMPLATE_CHOICES }),
    templatesChosenBy: uuid("templates_chosen_by"),
    templatesChosenAt: timestamptz("templates_chosen_at"),
  },
  (t) => [
    uniqueIndex("rollouts_one_open").on(t.flag).where(sql`${t.endedAt} is null`),
    check(
      "rollouts_ended",
      sql`(${t.endedAt} is not null) = (${t.state} in ('completed', 'rolled_back', 'replaced'))`,
    ),
    check(
      "rollouts_templates",
      sql`num_nonnulls(${t.templatesChoice}, ${t.templatesChosenBy}, ${t.templatesChosenAt}) in (0, 3)`,
    ),
    check("rollouts_started", sql`(${t.state} = 'planned') <= (${t.startedAt} is null)`),
  ],
);

/**
 * What was chosen for the biometrics of those who enrolled during a rollout that was rolled back, one row per choice; the
 * newest is in force. Written before anything is done for anybody; the worker carries it out from the oldest enrolment on.
 */
export const templateSettlements = pgTable(
  "template_settlements",
  {
    id: uuid("id").primaryKey(),
    rolloutId: uuid("rollout_id")
      .notNull()
      .references(() => rollouts.id),
    choice: text("choice", { enum: TEMPLATE_CHOICES }).notNull(),
    chosenBy: uuid("chosen_by").notNull(),
    chosenAt: timestamptz("chosen_at").notNull(),
    reason: text("reason").notNull(),
    /** It is about whoever enrolled from the one moment to the other, and how many these were when it was chosen. */
    enrolledFrom: timestamptz("enrolled_from").notNull(),
    enrolledTo: timestamptz("enrolled_to").notNull(),
    people: integer("people").notNull(),
    /** Up to where the worker is: the last person it looked at, by the time of their enrolment, and for how many it did something. */
    reachedAt: timestamptz("reached_at"),
    reachedId: uuid("reached_id"),
    settled: integer("settled").notNull().default(0),
    /** When nothing more was to be done, or another choice took its place. */
    doneAt: timestamptz("done_at"),
  },
  (t) => [
    index("template_settlements_rollout").on(t.rolloutId, t.chosenAt.desc()),
    uniqueIndex("template_settlements_one_open").on(t.rolloutId).where(sql`${t.doneAt} is null`),
    check("template_settlements_reached", sql`num_nonnulls(${t.reachedAt}, ${t.reachedId}) in (0, 2)`),
  ],
);

/** The plan of a rollout, one row per version; the highest is in force. Values are parsed by lib/rollout. */
export const rolloutPlans = pgTable(
  "rollout_plans",
  {
    rolloutId: uuid("rollout_id")
      .notNull()
      .references(() => rollouts.id),
    version: integer("version").notNull(),
    values: jsonb("values").notNull(),
    changedBy: uuid("changed_by").notNull(),
    changedAt: timestamptz("changed_at").notNull(),
    reason: text("reason"),
  },
  (t) => [primaryKey({ columns: [t.rolloutId, t.version] })],
);

/** A stage as it was lived: from when to when a rollout stood at one place of its plan. At most one has not ended. */
export const rolloutStages = pgTable(
  "rollout_stages",
  {
    id: uuid("id").primaryKey(),
    rolloutId: uuid("rollout_id")
      .notNull()
      .references(() => rollouts.id),
    /** The place in the plan, from 0. */
    place: smallint("place").notNull(),
    exposurePercent: smallint("exposure_percent").notNull(),
    /** The version of the intent that began it. */
    intentVersion: integer("intent_version").notNull(),
    beganAt: timestamptz("began_at").notNull(),
    endedAt: timestamptz("ended_at"),
    endedAs: text("ended_as", { enum: STAGE_ENDS }),
    /** Up to when first logins were counted into slices; the judge goes on from there. */
    countedTo: timestamptz("counted_to"),
  },
  (t) => [
    uniqueIndex("rollout_stages_one_open").on(t.rolloutId).where(sql`${t.endedAt} is null`),
    check("rollout_stages_end", sql`num_nonnulls(${t.endedAt}, ${t.endedAs}) in (0, 2)`),
    check("rollout_stages_exposure_range", sql`${t.exposurePercent} between 0 and 100`),
  ],
);

/**
 * Every act on a rollout: written as it is intended, before Unleash hears of it, and settled with what came of it. Also
 * the history that people read.
 */
export const rolloutChanges = pgTable(
  "rollout_changes",
  {
    id: uuid("id").primaryKey(),
    rolloutId: uuid("rollout_id").references(() => rollouts.id),
    kind: text("kind", { enum: CHANGE_KINDS }).notNull(),
    state: text("state", { enum: CHANGE_STATES }).notNull(),
    /** What it led from and to, as lib/rollout writes it, and the SHA-256 that the approval was bound to. */
    difference: jsonb("difference").notNull(),
    digest: text("digest"),
    reason: text("reason"),
    /** Null for the rule, which acts by itself; then the verdict it followed. */
    by: uuid("by"),
    verdictId: uuid("verdict_id"),
    at: timestamptz("at").notNull(),
    settledAt: timestamptz("settled_at"),
    /** Why Unleash did not take it, or that nobody knows; null where it did. */
    trouble: text("trouble"),
    /** The version of the intent it made, by which gateways confirm it; null where it made none. */
    intentVersion: integer("intent_version"),
    /** How many gateways ran then, how many confirmed, and after how many milliseconds the last of them did. */
    gatewaysRunning: integer("gateways_running"),
    gatewaysConfirmed: integer("gateways_confirmed"),
    confirmedMs: integer("confirmed_ms"),
  },
  (t) => [
    index("rollout_changes_at").on(t.at.desc(), t.id),
    index("rollout_changes_unsettled").on(t.at).where(sql`${t.settledAt} is null`),
  ],
);

/** What the rule said, with everything it was told: the same inputs give the same verdict again. */
export const rolloutVerdicts = pgTable(
  "rollout_verdicts",
  {
    id: uuid("id").primaryKey(),
    stageId: uuid("stage_id")
      .notNull()
      .references(() => rolloutStages.id),
    at: timestamptz("at").notNull(),
    decision: text("decision", { enum: DECISIONS }).notNull(),
    reason: text("reason").notNull(),
    ruleVersion: smallint("rule_version").notNull(),
    inputs: jsonb("inputs").notNull(),
    verdict: jsonb("verdict").notNull(),
  },
  (t) => [index("rollout_verdicts_stage").on(t.stageId, t.at.desc())],
);

/** The first login of a person in a stage, once its outcome is known. Names nobody: the person's own id dies with the row in people. */
export const rolloutSubjects = pgTable(
  "rollout_subjects",
  {
    stageId: uuid("stage_id")
      .notNull()
      .references(() => rolloutStages.id),
    personId: uuid("person_id").notNull(),
    arm: text("arm", { enum: ARMS }).notNull(),
    openedAt: timestamptz("opened_at").notNull(),
    /** Seen in the other arm later in the same stage. */
    isDouble: boolean("is_double").notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.stageId, t.personId] })],
);

/** First logins of a stage by slice of time, arm and class of device, kept by the statement that inserts the subjects. */
export const rolloutSlices = pgTable(
  "rollout_slices",
  {
    stageId: uuid("stage_id")
      .notNull()
      .references(() => rolloutStages.id),
    /** The start of the slice, a whole number of slices after the stage began to count. */
    startsAt: timestamptz("starts_at").notNull(),
    arm: text("arm", { enum: ARMS }).notNull(),
    deviceClass: text("device_class").notNull(),
    people: integer("people").notNull(),
    /** Approved by biometrics. */
    approved: integer("approved").notNull(),
    notCompleted: integer("not_completed").notNull(),
    lockedOut: integer("locked_out").notNull(),
    slow: integer("slow").notNull(),
    /** Ended on the legacy way, and of those whose end was reported. */
    onLegacy: integer("on_legacy").notNull(),
    reported: integer("reported").notNull(),
  },
  (t) => [primaryKey({ columns: [t.stageId, t.startsAt, t.arm, t.deviceClass] })],
);

/** People who are offered the path from the first stage on. The CustomID need not be enrolled yet. */
export const earlyAdopters = pgTable(
  "early_adopters",
  {
    customId: text("custom_id").primaryKey(),
    addedBy: uuid("added_by").notNull(),
    addedAt: timestamptz("added_at").notNull(),
    /** Grows with each that is added: the order of the list, and a row's name wherever a CustomID must not stand. */
    place: bigint("place", { mode: "number" }).generatedAlwaysAsIdentity(),
  },
  (t) => [uniqueIndex("early_adopters_place").on(t.place)],
);

/** What Unleash was last seen to say of a flag, beside what was asked for: one row per flag. */
export const flagSightings = pgTable("flag_sightings", {
  flag: text("flag").primaryKey(),
  seenAt: timestamptz("seen_at").notNull(),
  /** The last time it could be read; `live` is from then. */
  readAt: timestamptz("read_at"),
  /** Why it could not be read just now; null where it could. */
  trouble: text("trouble"),
  /** The flag as it stands in Unleash, as lib/unleash reads it. */
  live: jsonb("live"),
  /** Where it differs from the intent since when; empty where it does not. */
  differences: jsonb("differences").notNull().default(sql`'[]'`),
  differsSince: timestamptz("differs_since"),
  edition: text("edition"),
  serverVersion: text("server_version"),
  /** What the edition limits, as lib/unleash reads it; null where it was never told. */
  limits: jsonb("limits"),
});

/** A reported false accept or a way round liveness: it stops a rollout whatever the figures say. */
export const falseAccepts = pgTable("false_accepts", {
  id: uuid("id").primaryKey(),
  reportedBy: uuid("reported_by").notNull(),
  reportedAt: timestamptz("reported_at").notNull(),
  /** The login it happened at, where it is known. */
  loginId: uuid("login_id"),
  reason: text("reason").notNull(),
});

/** Where scheduled trials of the legacy login go: one row, and none where the company gave no address. */
export const legacyProbes = pgTable("legacy_probes", {
  name: text("name").primaryKey(),
  url: text("url").notNull(),
  everyMinutes: integer("every_minutes").notNull(),
  /** The secret the trial is sent with, sealed like those of webhooks; null where it is sent without. */
  sealedSecret: text("sealed_secret"),
  changedBy: uuid("changed_by").notNull(),
  changedAt: timestamptz("changed_at").notNull(),
});

/** One trial of the legacy login. */
export const legacyTrials = pgTable(
  "legacy_trials",
  {
    id: uuid("id").primaryKey(),
    at: timestamptz("at").notNull(),
    /** Null where it worked. */
    trouble: text("trouble"),
    status: smallint("status"),
    tookMs: integer("took_ms").notNull(),
  },
  (t) => [index("legacy_trials_at").on(t.at.desc())],
);
