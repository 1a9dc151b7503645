import { z } from "zod";
import { TEMPLATE_CHOICES } from "#lib/rollout/schema.ts";

export const settleTemplatesSchema = z.object({
  rolloutId: z.uuid(),
  /** The choice that was in force when the page was made; empty where nobody had chosen. */
  seenId: z.union([z.uuid(), z.literal("").transform(() => null)]),
  choice: z.enum(TEMPLATE_CHOICES),
  reason: z.string().trim().min(1).max(500),
});
export type SettleTemplates = z.output<typeof settleTemplatesSchema>;
