import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  real,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { CAMPAIGN_MODALITIES, LIGHTINGS, POSITIONS } from "#lib/campaigns/schema.ts";
import { SWAPPED_OUTCOMES, TRY_OUTCOMES } from "#lib/campaigns/types.ts";
import { API_KINDS } from "#lib/contract-checks/types.ts";
import { DEVICE_CLASSES } from "#lib/logins/schema.ts";
import { timestamptz } from "../timestamptz.ts";

/** Tries of real people over devices, lighting and positions, before anybody logs in by them. */
export const campaigns = pgTable("campaigns", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  origin: text("origin").notNull(),
  kind: text("kind", { enum: API_KINDS }).notNull(),
  openedBy: uuid("opened_by").notNull(),
  openedAt: timestamptz("opened_at").notNull(),
  endsAt: timestamptz("ends_at").notNull(),
  closedAt: timestamptz("closed_at"),
  lightings: text("lightings", { enum: LIGHTINGS }).array().notNull(),
  positions: text("positions", { enum: POSITIONS }).array().notNull(),
  triesWanted: smallint("tries_wanted").notNull(),
  triesEach: smallint("tries_each").notNull(),
  limitPercent: smallint("limit_percent").notNull(),
  swapped: boolean("swapped").notNull(),
});

export const campaignDevices = pgTable(
  "campaign_devices",
  {
    id: uuid("id").primaryKey(),
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaigns.id),
    place: smallint("place").notNull(),
    label: text("label").notNull(),
    deviceClass: text("device_class", { enum: DEVICE_CLASSES }).notNull(),
  },
  (t) => [uniqueIndex("campaign_devices_place").on(t.campaignId, t.place)],
);

/** Who holds a link of a campaign: a number and what they consented to, nothing of who they are. */
export const campaignTesters = pgTable(
  "campaign_testers",
  {
    id: uuid("id").primaryKey(),
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaigns.id),
    number: smallint("number").notNull(),
    tokenHash: text("token_hash").notNull(),
    issuedBy: uuid("issued_by").notNull(),
    issuedAt: timestamptz("issued_at").notNull(),
    withdrawnAt: timestamptz("withdrawn_at"),
    consentedAt: timestamptz("consented_at"),
    /** Which text they agreed to, and in which language they read it. */
    consentVersion: text("consent_version"),
    consentLocale: text("consent_locale"),
    /** When they ended it themselves. */
    leftAt: timestamptz("left_at"),
    /** Calls of the API that the link has caused: counted before each. */
    calls: integer("calls").notNull().default(0),
  },
  (t) => [
    uniqueIndex("campaign_testers_token").on(t.tokenHash),
    uniqueIndex("campaign_testers_number").on(t.campaignId, t.number),
    check("campaign_testers_consent", sql`(${t.consentedAt} is null) = (${t.consentVersion} is null)`),
  ],
);

/** A made-up CustomID under which a tester is enrolled: written down before, and until the API says that it knows it not. */
export const campaignEnrolments = pgTable(
  "campaign_enrolments",
  {
    customId: text("custom_id").primaryKey(),
    testerId: uuid("tester_id")
      .notNull()
      .references(() => campaignTesters.id),
    modality: text("modality", { enum: CAMPAIGN_MODALITIES }).notNull(),
    askedAt: timestamptz("asked_at").notNull(),
    /** Null while the enrolment may still be on its way. */
    answeredAt: timestamptz("answered_at"),
    /** When the API said that it is enrolled. */
    enrolledAt: timestamptz("enrolled_at"),
    /** When its deletion was last tried. */
    triedAt: timestamptz("tried_at"),
    goneAt: timestamptz("gone_at"),
  },
  (t) => [
    uniqueIndex("campaign_enrolments_held").on(t.testerId, t.modality).where(sql`gone_at is null`),
    index("campaign_enrolments_left").on(t.askedAt).where(sql`gone_at is null`),
  ],
);

/** One try of a tester: written down before its call, with what came of it after. No picture, and none can be made of it. */
export const campaignTries = pgTable(
  "campaign_tries",
  {
    id: uuid("id").primaryKey(),
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaigns.id),
    testerId: uuid("tester_id")
      .notNull()
      .references(() => campaignTesters.id),
    deviceId: uuid("device_id")
      .notNull()
      .references(() => campaignDevices.id),
    lighting: text("lighting", { enum: LIGHTINGS }).notNull(),
    position: text("position", { enum: POSITIONS }).notNull(),
    /** The tester's first, second … in this condition; a failed one leaves its place free. */
    place: smallint("place").notNull(),
    askedAt: timestamptz("asked_at").notNull(),
    answeredAt: timestamptz("answered_at"),
    outcome: text("outcome", { enum: TRY_OUTCOMES }),
    swappedOutcome: text("swapped_outcome", { enum: SWAPPED_OUTCOMES }),
    code: text("code"),
    tookMs: integer("took_ms"),
    width: smallint("width").notNull(),
    height: smallint("height").notNull(),
    lightLevel: real("light_level").notNull(),
    contrast: real("contrast").notNull(),
    sharpness: real("sharpness").notNull(),
    faceShare: real("face_share"),
    pictureFrom: text("picture_from", { enum: ["camera", "file"] }).notNull(),
  },
  (t) => [
    uniqueIndex("campaign_tries_place")
      .on(t.testerId, t.deviceId, t.lighting, t.position, t.place)
      .where(sql`outcome is distinct from 'failed'`),
    index("campaign_tries_campaign").on(t.campaignId, t.askedAt),
    check("campaign_tries_answered", sql`(${t.answeredAt} is null) = (${t.outcome} is null)`),
  ],
);
