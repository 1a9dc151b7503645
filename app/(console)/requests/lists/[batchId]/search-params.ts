import { z } from "zod";
import type { BatchPlace } from "#lib/request-batches/loaders.ts";
import { BATCH_TROUBLES } from "#lib/requests/types.ts";

const searchSchema = z.object({
  trouble: z.enum(BATCH_TROUBLES).nullable().catch(null),
  after: z.coerce.number().int().min(0).max(10_000_000).catch(0),
  results: z.literal("all").nullable().catch(null),
  from: z.uuid().nullable().catch(null),
});

/** Which rows are looked at: those left out for one reason, from a line on; the latest results, or all from one on. */
export function parseBatchSearch(raw: Record<string, string | string[] | undefined>): BatchPlace {
  const { trouble, after, results, from } = searchSchema.parse(raw);
  return { trouble, afterLine: after, allResults: results === "all", afterResult: from };
}
