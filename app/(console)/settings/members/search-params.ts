import { z } from "zod";

/** Which member is looked at, by their own id, and whether every act of the policy is shown. */
export const membersSearchSchema = z.object({
  member: z.uuid().nullable().catch(null),
  acts: z.literal("all").nullable().catch(null),
});
