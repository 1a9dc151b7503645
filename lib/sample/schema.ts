import { z } from "zod";
import { DECISIONS, legacyReasonSchema, PATHS, purposeSchema } from "#lib/logins/schema.ts";
import { customIdSchema } from "#lib/people/schema.ts";

/** 800 KiB of picture, the API's documented limit, are 1,092,268 characters of Base64. */
const picture = z
  .string()
  .min(1)
  .max(1_200_000)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/);
const FINGERS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"] as const;
const biometrics = {
  face: picture.optional(),
  fingers: z.partialRecord(z.enum(FINGERS), picture).optional(),
};
/** A login's id as the gateway gave it: signed, opaque, and only good for this application. */
const loginId = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[\w.~-]+$/);
const deviceClass = z.enum([
  "phone_android",
  "phone_ios",
  "desktop_windows",
  "desktop_macos",
  "desktop_linux",
  "other",
]);

export const enrolInputSchema = z.object({
  customId: customIdSchema,
  /** Nothing is enrolled without it. */
  consent: z.literal(true),
  /** True to replace what is enrolled. */
  replace: z.boolean(),
  ...biometrics,
});
export const openInputSchema = z.object({ customId: customIdSchema, purpose: purposeSchema, deviceClass });
export const tryInputSchema = z.object({ loginId, ...biometrics });
export const passwordInputSchema = z.object({
  customId: customIdSchema,
  password: z.string().max(200),
  reason: legacyReasonSchema,
  /** Null when no login is open yet: the server opens one, so that the password's outcome is counted too. */
  loginId: loginId.nullable(),
  purpose: purposeSchema,
  deviceClass,
});

export type EnrolInput = z.output<typeof enrolInputSchema>;
export type OpenInput = z.output<typeof openInputSchema>;
export type TryInput = z.output<typeof tryInputSchema>;
export type PasswordInput = z.output<typeof passwordInputSchema>;

const feedback = z.object({ code: z.string(), text: z.string() });
export const enrolledSchema = z.object({ feedback });
export const openedSchema = z.object({
  loginId: z.string(),
  path: z.enum(PATHS),
  reason: z.string(),
  attemptsLeft: z.number().default(0),
  feedback,
});
export const triedSchema = z.object({
  decision: z.enum(DECISIONS),
  reason: z.string(),
  attemptsLeft: z.number(),
  feedback,
});
/** The gateway's errors (RFC 9457); a refusal may carry a word for the person. */
export const problemSchema = z.object({ code: z.string(), feedback: feedback.optional() });
