import { z } from "zod";
import { SIGN_ON_REFUSALS } from "#lib/auth/types.ts";

const ENDS = ["idle", "absolute", "ended", "out"] as const;
const REFUSALS = [...SIGN_ON_REFUSALS, "failed"] as const;

const signInSearchSchema = z
  .object({
    next: z.string().optional().catch(undefined),
    ended: z.enum(ENDS).optional().catch(undefined),
    refused: z.enum(REFUSALS).optional().catch("failed"),
    /** next-auth's own word for a sign-on that did not come back well. */
    error: z.unknown().optional(),
  })
  .transform(({ next, ended, refused, error }) => ({
    next,
    ended,
    refused: refused ?? (error === undefined ? undefined : ("failed" as const)),
  }));

export type SignInSearch = z.output<typeof signInSearchSchema>;

/** What the address says: where to go afterwards, why the last session ended, why a single sign-on opened none. */
export const parseSignInSearch = (search: Record<string, string | string[] | undefined>): SignInSearch =>
  signInSearchSchema.parse(search);
