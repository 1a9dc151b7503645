import { z } from "zod";

/** Which application is looked at, by its own id. */
export const selectedSchema = z.object({ application: z.uuid().nullable().catch(null) });
