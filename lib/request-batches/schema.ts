import { z } from "zod";
import { REGIMES } from "#lib/deadlines/types.ts";
import { IDENTITY_METHODS } from "#lib/requests/types.ts";
import { LIST_CHANNELS, LIST_RIGHTS } from "./types.ts";

const LONGEST_NAME = 120;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** A form sends a name once for each box that is checked; one alone is no list. */
const regimesSchema = z.preprocess(
  (value) => (typeof value === "string" ? [value] : value),
  z
    .array(z.enum(REGIMES))
    .min(1)
    .transform((regimes) => [...new Set(regimes)]),
);

export const openBatchSchema = z.object({
  file: z.instanceof(File).refine(({ name }) => name !== ""),
  right: z.enum(LIST_RIGHTS),
  regimes: regimesSchema,
  channel: z.enum(LIST_CHANNELS),
  /** A day of the installation's zone. */
  receivedOn: z
    .string()
    .regex(DAY)
    .refine((day) => !Number.isNaN(Date.parse(day))),
  identityMethod: z.enum(IDENTITY_METHODS),
});

/** A file's name as it is kept: its end says what it is, so what is too long loses its beginning. */
export const keptFileName = (name: string): string => name.slice(-LONGEST_NAME);

/** Of acts that hang on the list as it was seen, and of those that do not. */
export const courseSchema = z.object({ batchId: z.uuid() });
const batchSchema = courseSchema.extend({ version: z.coerce.number().int().min(1) });
export const assessBatchSchema = batchSchema.extend({ assessment: z.string().trim().min(1).max(2000) });
export const approveBatchSchema = batchSchema.extend({ previewDigest: z.string().regex(/^[0-9a-f]{64}$/) });
export const withdrawBatchSchema = batchSchema.extend({ reason: z.string().trim().min(1).max(2000) });
export const paceBatchSchema = courseSchema.extend({
  peoplePerMinute: z.coerce.number().int().min(1).max(10_000),
});
