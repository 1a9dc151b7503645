import { z } from "zod";
import { TIME_SPANS, type TimeSpan } from "#lib/time-steps.ts";

const searchSchema = z.object({ span: z.enum(TIME_SPANS).catch("30d") });

/** Reads how far back the charts look; whatever is not a choice counts as the usual 30 days. */
export const parseOverviewSearch = (raw: Record<string, string | string[] | undefined>): { span: TimeSpan } =>
  searchSchema.parse(raw);
