import { z } from "zod";
import { emailSchema, passwordSchema } from "#lib/members/schema.ts";

/** What the sign-in form sends. The password is not judged here: only whether it belongs to the account. */
export const credentialsSchema = z.object({ email: emailSchema, password: z.string().min(1).max(256) });

/** What is typed as a proof: a code, a recovery code or a password. */
export const typedProofSchema = z.string().min(1).max(256);

/** What the form sends after the right password: a code or a recovery code. The challenge comes in a cookie. */
export const typedCodeSchema = z.object({ code: typedProofSchema });

/** The first code of a code app, with the offer it answers. */
export const confirmationSchema = z.object({ sealed: z.string().max(4096), code: typedProofSchema });

export const passwordChangeSchema = z.object({ present: z.string().min(1).max(256), next: passwordSchema });

const SIGN_IN_ERRORS = [
  "wrong_credentials",
  "code_required",
  "wrong_code",
  "challenge_expired",
  "throttled",
  "unavailable",
] as const;
export type SignInError = (typeof SIGN_IN_ERRORS)[number];
