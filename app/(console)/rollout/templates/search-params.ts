import { z } from "zod";

const searchSchema = z.object({ rollout: z.uuid().nullable().catch(null) });

/** Which rolled-back rollout is looked at; null for the latest. */
export const parseTemplatesSearch = (raw: Record<string, string | string[] | undefined>): string | null =>
  searchSchema.parse(raw).rollout;
