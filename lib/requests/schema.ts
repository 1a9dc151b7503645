import { z } from "zod";
import { REGIMES } from "#lib/deadlines/types.ts";
import { customIdSchema } from "#lib/people/schema.ts";
import {
  ASKED_RIGHTS,
  CHANNELS,
  DENIAL_GROUNDS,
  type DeletionReason,
  IDENTITY_METHODS,
  PROPOSALS,
  type Right,
} from "./types.ts";

const LONGEST_TEXT = 2000;
/** Words of a member for a colleague or a letter: required, and never empty after trimming. */
const wordsSchema = z.string().trim().min(1).max(LONGEST_TEXT);
/** The same where nothing has to be said. */
const noteSchema = z
  .string()
  .trim()
  .max(LONGEST_TEXT)
  .transform((text) => (text === "" ? null : text));
const ofRecipient = { requestId: z.uuid(), recipientId: z.uuid() };

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
const MOST_RECIPIENTS = 20;
const LONGEST_NAME = 120;
/** A company's or a system's name, and what it got or keeps. */
const recipientSchema = z.object({
  name: z.string().trim().min(1).max(LONGEST_NAME),
  note: noteSchema,
});
export type NewRecipient = z.output<typeof recipientSchema>;
export const proposeDecisionSchema = requestSchema.extend({
  assessment: wordsSchema,
  previewDigest: z.string().regex(/^[0-9a-f]{64}$/),
  denialGround: z.enum(DENIAL_GROUNDS).nullable(),
  recipients: z.array(recipientSchema).max(MOST_RECIPIENTS),
});
/** The same as a form sends it: the recipients as JSON, the ground beside what is proposed. */
export const proposalFormSchema = requestSchema
  .extend({
    assessment: wordsSchema,
    previewDigest: z.string().regex(/^[0-9a-f]{64}$/),
    proposal: z.enum(PROPOSALS),
    denialGround: z.enum(DENIAL_GROUNDS).optional().catch(undefined),
    recipients: z
      .string()
      .max(LONGEST_TEXT * MOST_RECIPIENTS)
      .transform(readJson)
      .pipe(z.array(recipientSchema).max(MOST_RECIPIENTS)),
  })
  .refine(({ proposal, denialGround }) => proposal === "grant" || denialGround !== undefined, {
    path: ["denialGround"],
    error: "missing",
  })
  .transform(({ proposal, denialGround = null, ...decision }) => ({
    ...decision,
    denialGround: proposal === "grant" ? null : denialGround,
  }));

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const settleRecipientSchema = z.discriminatedUnion("state", [
  z.object({ ...ofRecipient, state: z.literal("told"), note: noteSchema }),
  z.object({ ...ofRecipient, state: z.literal("excused"), note: wordsSchema }),
]);
export const decideRequestSchema = requestSchema.extend({
  previewDigest: z.string().regex(/^[0-9a-f]{64}$/),
});
export const reasonedRequestSchema = requestSchema.extend({ reason: wordsSchema });
export const closeRequestSchema = requestSchema.extend({
  reason: z.enum(["duplicate", "not_controller", "unverified"]),
});

/** Why a member may delete somebody unasked; what is past its retention and what a restore brought back open themselves. */
export const MEMBERS_DELETION_REASONS = [
  "wrong_enrolment",
  "test_data",
] as const satisfies readonly DeletionReason[];
export const openDeletionSchema = z.object({
  personId: z.uuid(),
  why: z.enum(MEMBERS_DELETION_REASONS),
  words: wordsSchema,
  previewDigest: z.string().regex(/^[0-9a-f]{64}$/),
});
export type OpenDeletion = z.output<typeof openDeletionSchema>;
export const liftBlockSchema = z.object({ personId: z.uuid(), reason: wordsSchema });
