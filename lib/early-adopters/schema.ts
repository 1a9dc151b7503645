import { z } from "zod";
import { customIdSchema } from "#lib/people/schema.ts";

export const askAdopterSchema = z.object({ customId: customIdSchema });

/** A form sends a name once for each row that is chosen; one alone is no list. */
const placesSchema = z.preprocess(
  (value) => (Array.isArray(value) ? value : [value]),
  z.array(z.coerce.number().int().min(1)).min(1).max(1000),
);

/** Who is taken out: rows of the list by their places, or one by their CustomID. */
export const removeAdoptersSchema = z.union([z.object({ place: placesSchema }), askAdopterSchema]);
export type RemovedAdopters = z.output<typeof removeAdoptersSchema>;
