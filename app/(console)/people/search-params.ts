import { z } from "zod";
import { ENROLLED_FILTERS, PATH_FILTERS, SINCE_FILTERS, STATUS_FILTERS } from "#lib/people/types.ts";

/** The filters of the list; whatever is not on the list of values means no filter. */
export const peopleFiltersSchema = z.object({
  enrolled: z.enum(ENROLLED_FILTERS).nullable().catch(null),
  since: z.enum(SINCE_FILTERS).nullable().catch(null),
  path: z.enum(PATH_FILTERS).nullable().catch(null),
  status: z.enum(STATUS_FILTERS).nullable().catch(null),
});
