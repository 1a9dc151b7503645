import { z } from "zod";
import { REGIMES } from "#lib/deadlines/types.ts";
import { customIdSchema } from "#lib/people/schema.ts";
import { ASKED_RIGHTS, CHANNELS, DENIAL_GROUNDS, IDENTITY_METHODS, type Right } from "./types.ts";

const LONGEST_TEXT = 2000;
/** Words of a member for a colleague or a letter: required, and never empty after trimming. */
const wordsSchema = z.string().trim().min(1).max(LONGEST_TEXT);

/** What the form, a list and the gateway send to open a request. The date of receipt may be earlier than the typing. */
export const openRequestSchema = z.object({
  customId: customIdSchema,
  right: z.enum(ASKED_RIGHTS),
  regimes: z
    .array(z.enum(REGIMES))
    .min(1)
    .transform((regimes) => [...new Set(regimes)]),
  channel: z.enum(CHANNELS),
  receivedAt: z.coerce.date(),
});
/** A deletion, which nobody asks for, is opened by the same verb. */
export type OpenRequest = Omit<z.output<typeof openRequestSchema>, "right"> & { right: Right };

export const requestSchema = z.object({ requestId: z.uuid(), version: z.coerce.number().int().min(1) });
export const confirmIdentitySchema = requestSchema.extend({ method: z.enum(IDENTITY_METHODS) });
export const proposeDecisionSchema = requestSchema.extend({
  assessment: wordsSchema,
  previewDigest: z.string().regex(/^[0-9a-f]{64}$/),
  denialGround: z.enum(DENIAL_GROUNDS).nullable(),
});
export const decideRequestSchema = requestSchema.extend({
  previewDigest: z.string().regex(/^[0-9a-f]{64}$/),
});
export const reasonedRequestSchema = requestSchema.extend({ reason: wordsSchema });
