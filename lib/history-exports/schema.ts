import { z } from "zod";
import { isStorableText } from "#lib/storable-text.ts";
import { FACET_NAMES, type VerificationFacets } from "#lib/verifications/types.ts";
import { chosenFile } from "./rules.ts";
import { EXPORT_CHOICES, type ExportFilters, LONGEST_REASON } from "./types.ts";

/** What a member asks for, and why in their own words. */
export const exportFormSchema = z.object({
  what: z.enum(EXPORT_CHOICES).transform(chosenFile),
  reason: z
    .string()
    .trim()
    .min(1, { error: "missing" })
    .max(LONGEST_REASON, { error: "long" })
    .refine(isStorableText, { error: "missing" }),
  /** The list as its address says it. */
  search: z.string().max(4000),
});

const facets = z.object(
  Object.fromEntries(FACET_NAMES.map((name) => [name, z.array(z.string())])),
) as unknown as z.ZodType<VerificationFacets>;

/** What an export is narrowed to, as it comes out of the database: its times are text there. */
export const storedFilters: z.ZodType<ExportFilters> = facets.and(
  z.object({ from: z.coerce.date(), to: z.coerce.date() }),
);
