import { z } from "zod";

/** Why nothing may be erased, or why it may again, in the words of whoever says so. */
const reasonSchema = z.string().trim().min(1).max(2000);

export const placeHoldSchema = z.object({ personId: z.uuid(), reason: reasonSchema });
export const releaseHoldSchema = z.object({
  holdId: z.uuid(),
  version: z.coerce.number().int().min(1),
  reason: reasonSchema,
});
