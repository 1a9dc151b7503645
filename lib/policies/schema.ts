import { z } from "zod";

/** The channel PostgreSQL announces a new policy version on. */
export const POLICIES_CHANNEL = "policies";

/** The rules of the gateway, as stored in a policy version. Every value has a default that is safe to start with. */
export const policyValuesSchema = z.object({
  /** Biometric tries in one login before the password is asked for. */
  attemptsBeforeFallback: z.number().int().min(1).max(10).default(3),
  /** Failed tries in a row, across logins, before a pause (NIST SP 800-63B-4: at most 5, 10 with liveness). */
  failuresBeforePause: z.number().int().min(1).max(10).default(5),
  /** The same when liveness is required. */
  failuresBeforePauseWithLiveness: z.number().int().min(1).max(10).default(10),
  pauseMinutes: z.number().int().min(1).max(1440).default(15),
  /** What a capture that does not match leads to while tries are left. */
  afterNotMatched: z.enum(["retry", "use_legacy", "reject"]).default("retry"),
  /** What the last unsuccessful try leads to. */
  afterLastAttempt: z.enum(["use_legacy", "reject"]).default("use_legacy"),
  livenessRequired: z.boolean().default(false),
  /** Whether check_icao is asked before a verification; its refusals cost a try. */
  qualityChecked: z.boolean().default(false),
  /** What is refused when quality is checked. */
  refuse: z
    .object({
      blurred: z.boolean().default(true),
      tooDark: z.boolean().default(true),
      tooBright: z.boolean().default(true),
      lookingAway: z.boolean().default(false),
      glasses: z.boolean().default(false),
      headCovered: z.boolean().default(false),
      faceCovered: z.boolean().default(true),
      mouthOpen: z.boolean().default(false),
      eyesClosed: z.boolean().default(false),
    })
    .prefault({}),
  /** Confidence (0-100) from which a requirement that is not met counts. */
  qualityMinConfidence: z.number().int().min(0).max(100).default(50),
  /** Score from which a comparison of two pictures is approved, on the API's own scale. */
  minScore: z.number().min(0).max(1000).default(50),
  /** How long one verification may take; the API calls get all of it but the 100 ms for our own part. */
  apiTimeoutMs: z.number().int().min(500).max(15000).default(3000),
  /** A login nobody finished is closed after this. */
  openLoginMinutes: z.number().int().min(1).max(60).default(10),
});

export type PolicyValues = z.infer<typeof policyValuesSchema>;
export type Policy = { version: number; values: PolicyValues };

/** The policy a new installation starts with. */
export const DEFAULT_POLICY_VALUES: PolicyValues = policyValuesSchema.parse({});
