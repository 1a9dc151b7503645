import { z } from "zod";
import {
  DEVICE_CLASSES,
  MODALITIES,
  SOURCES,
  VERIFICATION_OUTCOMES,
  VERIFICATION_REASONS,
} from "#lib/logins/schema.ts";
import { isStorableText } from "#lib/storable-text.ts";
import { API_STATUS_WORD, CHANNEL_WORD, STAGE_WORD } from "#lib/verifications/schema.ts";
import { TIME_WINDOWS } from "#lib/verifications/types.ts";
import { LONGEST_NAME, type ViewValues } from "./types.ts";

/** What a view holds, as it comes out of the database: words that are no longer known make it unreadable. */
export const viewValuesSchema: z.ZodType<ViewValues> = z.object({
  outcome: z.array(z.enum(VERIFICATION_OUTCOMES)),
  reason: z.array(z.enum(VERIFICATION_REASONS)),
  modality: z.array(z.enum(MODALITIES)),
  stage: z.array(z.string().regex(STAGE_WORD)),
  channel: z.array(z.string().regex(CHANNEL_WORD)),
  application: z.array(z.uuid()),
  apiStatus: z.array(z.string().regex(API_STATUS_WORD)),
  device: z.array(z.enum(DEVICE_CLASSES)),
  source: z.array(z.enum(SOURCES)),
  window: z.enum(TIME_WINDOWS),
  range: z.object({ from: z.coerce.date(), to: z.coerce.date() }).nullable(),
  order: z.enum(["newest", "oldest"]),
});

const viewId = z.union([z.literal("").transform(() => null), z.uuid()]);

/** A view as its form gives it: a new one without an id; without a list in view it keeps what it shows. */
export const viewFormSchema = z.object({
  viewId,
  name: z
    .string()
    .trim()
    .min(1, { error: "missing" })
    .max(LONGEST_NAME, { error: "long" })
    .refine(isStorableText, { error: "missing" }),
  /** The list as its address says it; empty where only the name changes. */
  search: z.string().max(4000),
});

export const viewIdFormSchema = z.object({ viewId: z.uuid() });
