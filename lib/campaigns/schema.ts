import { z } from "zod";
import { MAX_PICTURE_BYTES } from "#lib/captures/types.ts";
import { LOCALES } from "#lib/i18n/locales.ts";
import { DEVICE_CLASSES } from "#lib/logins/schema.ts";

/** Light that a tester is asked to find: each has its words and its instruction in the messages. */
export const LIGHTINGS = ["window", "lamp", "dim", "light_behind", "outdoors"] as const;
export type Lighting = (typeof LIGHTINGS)[number];

export const CAMPAIGN_MODALITIES = ["face", "fingers"] as const;
export type CampaignModality = (typeof CAMPAIGN_MODALITIES)[number];

/** How the face stands to the camera, then how the finger lies: which of the two a position is of, `modalityOf` says. */
export const POSITIONS = ["front", "turned", "low", "high", "far", "flat", "tilted"] as const;
export type Position = (typeof POSITIONS)[number];

/** One row of the matrix: what the company calls it, and what a browser or an application would call it. */
export const campaignDeviceSchema = z.strictObject({
  label: z.string().trim().min(1).max(40),
  deviceClass: z.enum(DEVICE_CLASSES),
});

const distinct = (values: readonly string[]) => new Set(values).size === values.length;
const several = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.array(z.enum(values)).min(1).max(values.length).refine(distinct, "twice");

/** What is asked for when a campaign is opened. */
export const campaignSchema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  /** Days until its links end by themselves. */
  days: z.int().min(1).max(90),
  devices: z
    .array(campaignDeviceSchema)
    .min(1)
    .max(10)
    .refine((devices) => distinct(devices.map(({ label }) => label.toLowerCase())), "twice"),
  lightings: several(LIGHTINGS),
  positions: several(POSITIONS),
  /** Tries each cell should get over all testers: fewer are shown as too few. */
  triesWanted: z.int().min(5).max(200),
  /** Tries a tester makes in each of their conditions. */
  triesEach: z.int().min(1).max(10),
  /** Recognised tries in a hundred below which a cell is a weak spot. */
  limitPercent: z.int().min(50).max(100),
  /** Whether each picture is also held against another tester, who must not be recognised: one more call a try. */
  swapped: z.boolean(),
});
export type CampaignInput = z.output<typeof campaignSchema>;

/** So many more testers of a campaign. */
export const testerCountSchema = z.object({
  campaignId: z.uuid(),
  count: z.coerce.number().int().min(1).max(50),
});
export type TesterCount = z.output<typeof testerCountSchema>;

/** What was measured in the picture of a try, in the tester's browser: no picture, and nothing one could be made of. */
export const measuredSchema = z.strictObject({
  width: z.int().min(1).max(10_000),
  height: z.int().min(1).max(10_000),
  /** Mean brightness of the face or the finger, 0 (black) to 255. */
  lightLevel: z.number().min(0).max(255),
  /** Standard deviation of the brightness, 0 to 128. */
  contrast: z.number().min(0).max(128),
  /** Share of fine lines, 0 to 1. */
  sharpness: z.number().min(0).max(1),
  /** Height of the face as a part of the picture's; null where nothing looked for one. */
  faceShare: z.number().min(0).max(1).nullable(),
  from: z.enum(["camera", "file"]),
});
export type Measured = z.output<typeof measuredSchema>;

const token = z.string().max(200);
/** What the page of a tester's link sends: the token in each, because nothing else says who asks. */
export const testerTokenSchema = z.strictObject({ token });

/** The text a tester agrees to; another text is another version, and what was agreed to before stays what it was. */
export const CONSENT_VERSION = "2026-11";
export const consentSchema = z.strictObject({
  token,
  version: z.literal(CONSENT_VERSION),
  locale: z.enum(LOCALES),
});
export type ConsentInput = z.output<typeof consentSchema>;

/** One picture of the largest size as Base64, with room for the rest. */
export const PICTURE_BODY_BYTES = Math.ceil(MAX_PICTURE_BYTES / 3) * 4 + 4 * 1024;

export const testerEnrolmentSchema = z.strictObject({
  token,
  modality: z.enum(CAMPAIGN_MODALITIES),
  /** Base64 of a face, or of the right index finger. It passes through and is kept nowhere. */
  picture: z.string(),
});
export type TesterEnrolmentInput = z.output<typeof testerEnrolmentSchema>;

export const testerTrySchema = z.strictObject({
  token,
  /** Made by the page: a try whose answer was lost is asked for again under the same id. */
  tryId: z.uuid(),
  deviceId: z.uuid(),
  lighting: z.enum(LIGHTINGS),
  position: z.enum(POSITIONS),
  picture: z.string(),
  measured: measuredSchema,
});
export type TesterTryInput = z.output<typeof testerTrySchema>;
