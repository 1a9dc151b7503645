import { z } from "zod";

/** The channel PostgreSQL announces a new or revoked key on. */
export const APPLICATION_KEYS_CHANNEL = "application_keys";

/** A name an application may send as `channel`: short and plain, because it is a dimension of every count. */
const channelSchema = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/);

export const newApplicationSchema = z.object({
  name: z.string().trim().min(1).max(80),
  channels: z
    .array(channelSchema)
    .max(20)
    .refine((names) => new Set(names).size === names.length, { error: "Each channel is named once." }),
});

export type NewApplication = z.infer<typeof newApplicationSchema>;
