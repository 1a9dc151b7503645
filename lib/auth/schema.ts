import { z } from "zod";
import { emailSchema } from "#lib/members/schema.ts";

/** What the sign-in form sends. The password is not judged here: only whether it belongs to the account. */
export const credentialsSchema = z.object({ email: emailSchema, password: z.string().min(1).max(256) });

const SIGN_IN_ERRORS = ["wrong_credentials", "throttled", "unavailable"] as const;
export type SignInError = (typeof SIGN_IN_ERRORS)[number];
