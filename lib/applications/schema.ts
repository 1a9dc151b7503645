import { z } from "zod";
import { KEY_END_DAYS } from "./types.ts";

/** The channel PostgreSQL announces a change of keys and applications on. */
export const APPLICATION_KEYS_CHANNEL = "application_keys";

export const keyEndDaysSchema = z.coerce
  .number({ error: "days" })
  .int({ error: "days" })
  .min(KEY_END_DAYS.least, { error: "days" })
  .max(KEY_END_DAYS.most, { error: "days" });

const MOST_CHANNELS = 20;

/**
 * A name an application may send as `channel`: short and plain, because it is a dimension of every count. Messages are
 * `code:value`, so that a form can say which of several names is meant and why.
 */
const channelSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,31}$/, { error: ({ input }) => `form:${String(input)}` });

const channelsSchema = z
  .array(channelSchema)
  .max(MOST_CHANNELS, { error: ({ input }) => `many:${Array.isArray(input) ? input.length : ""}` })
  .superRefine((names, context) => {
    const repeated = new Set(names.filter((name, place) => names.indexOf(name) !== place));
    for (const name of repeated) context.addIssue({ code: "custom", message: `twice:${name}` });
  });

export const newApplicationSchema = z.object({
  name: z.string().trim().min(1, { error: "missing" }).max(80, { error: "long" }),
  channels: channelsSchema,
});

export type NewApplication = z.infer<typeof newApplicationSchema>;

/** The channels as somebody types them: one per line, or with commas or spaces between them. */
export const typedApplicationSchema = newApplicationSchema.extend({
  channels: z
    .string()
    .max(4000)
    .transform((text) => text.split(/[\s,;]+/).filter((name) => name !== ""))
    .pipe(channelsSchema),
});
