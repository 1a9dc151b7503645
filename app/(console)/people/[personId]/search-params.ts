import { z } from "zod";
import { TIMELINE_KINDS } from "#lib/history/types.ts";

/** Which lines of the history are shown, and from where on. */
export const timelineSchema = z.object({
  show: z.enum(TIMELINE_KINDS).nullable().catch(null),
  before: z.coerce.date().nullable().catch(null),
});
