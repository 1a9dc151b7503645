import { z } from "zod";
import { webhookAddress } from "#lib/notifications/schema.ts";
import type { PostFailure } from "#lib/notifications/types.ts";

/** Why a trial did not work: on the way to the company's endpoint, or by its answer. */
export const TRIAL_TROUBLES = [
  "timeout",
  "connection_refused",
  "connection_lost",
  "unknown_host",
  "bad_certificate",
  "garbage",
  "redirected",
  "http_status",
  "secret_unreadable",
] as const satisfies readonly (PostFailure | "secret_unreadable")[];
export type TrialTrouble = (typeof TRIAL_TROUBLES)[number];

export const MOST_MINUTES = 1440;
export const LONGEST_SECRET = 200;

/** What a header can carry: visible ASCII without spaces. */
const secretSchema = z
  .string()
  .trim()
  .max(LONGEST_SECRET)
  .regex(/^[\x21-\x7e]*$/);

export const probeSchema = z.object({
  url: z.string().trim().pipe(webhookAddress),
  everyMinutes: z.coerce.number().int().min(1).max(MOST_MINUTES),
  /** Empty keeps the one there is, as long as the address stays the same. */
  secret: secretSchema,
  /** A box of the form, which sends nothing where it is not checked. */
  withoutSecret: z.literal("on").optional(),
});
export type ProbeInput = z.output<typeof probeSchema>;
