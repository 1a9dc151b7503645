import { z } from "zod";

const ENDS = ["idle", "absolute", "ended", "out"] as const;

const signInSearchSchema = z.object({
  next: z.string().optional().catch(undefined),
  ended: z.enum(ENDS).optional().catch(undefined),
});

export type SignInSearch = z.output<typeof signInSearchSchema>;

/** What the address of the sign-in page says: where to go afterwards, and why the last session ended. */
export const parseSignInSearch = (search: Record<string, string | string[] | undefined>): SignInSearch =>
  signInSearchSchema.parse(search);
