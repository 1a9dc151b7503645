import { z } from "zod";

const REFUSALS = ["other_identity", "stale_sign_on", "signed_out", "failed"] as const;

const proofSearchSchema = z.object({
  refused: z.enum(REFUSALS).optional().catch("failed"),
  done: z
    .string()
    .optional()
    .transform((done) => done !== undefined)
    .catch(false),
});

/** What came of the sign-on, when the provider has led back here. */
export const parseProofSearch = (search: Record<string, string | string[] | undefined>) =>
  proofSearchSchema.parse(search);
