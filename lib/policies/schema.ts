import { z } from "zod";
import { AFTER_LAST_ATTEMPT, AFTER_NOT_MATCHED, POLICY_RANGES } from "./types.ts";

/** The channel PostgreSQL announces a new policy version on. */
export const POLICIES_CHANNEL = "policies";

type Range = { min: number; max: number };
const whole = ({ min, max }: Range) => z.number().int().min(min).max(max);

/** The rules of the gateway, every one of them said: what a change must send. */
export const wholePolicySchema = z.strictObject({
  /** Biometric tries in one login before the password is asked for. */
  attemptsBeforeFallback: whole(POLICY_RANGES.attemptsBeforeFallback),
  /** Failed tries in a row, across logins, before a pause (NIST SP 800-63B-4: at most 5, 10 with liveness). */
  failuresBeforePause: whole(POLICY_RANGES.failuresBeforePause),
  /** The same when liveness is required. */
  failuresBeforePauseWithLiveness: whole(POLICY_RANGES.failuresBeforePauseWithLiveness),
  pauseMinutes: whole(POLICY_RANGES.pauseMinutes),
  /** What a capture that does not match leads to while tries are left. */
  afterNotMatched: z.enum(AFTER_NOT_MATCHED),
  /** What the last unsuccessful try leads to. */
  afterLastAttempt: z.enum(AFTER_LAST_ATTEMPT),
  livenessRequired: z.boolean(),
  /** Whether check_icao is asked before a verification; its refusals cost a try. */
  qualityChecked: z.boolean(),
  /** What is refused when quality is checked. */
  refuse: z.strictObject({
    blurred: z.boolean(),
    tooDark: z.boolean(),
    tooBright: z.boolean(),
    lookingAway: z.boolean(),
    glasses: z.boolean(),
    headCovered: z.boolean(),
    faceCovered: z.boolean(),
    mouthOpen: z.boolean(),
    eyesClosed: z.boolean(),
  }),
  /** Confidence (0-100) from which a requirement that is not met counts. */
  qualityMinConfidence: whole(POLICY_RANGES.qualityMinConfidence),
  /** Score from which a comparison of two pictures is approved, on the API's own scale. */
  minScore: z.number().min(POLICY_RANGES.minScore.min).max(POLICY_RANGES.minScore.max),
  /** How long one verification may take; the API calls get all of it but the 100 ms for our own part. */
  apiTimeoutMs: whole(POLICY_RANGES.apiTimeoutMs),
  /** A login nobody finished is closed after this. */
  openLoginMinutes: whole(POLICY_RANGES.openLoginMinutes),
});

export type PolicyValues = z.infer<typeof wholePolicySchema>;
export type Policy = { version: number; values: PolicyValues };

/** The policy a new installation starts with; every value is safe to start with. */
export const DEFAULT_POLICY_VALUES: PolicyValues = {
  attemptsBeforeFallback: 3,
  failuresBeforePause: 5,
  failuresBeforePauseWithLiveness: 10,
  pauseMinutes: 15,
  afterNotMatched: "retry",
  afterLastAttempt: "use_legacy",
  livenessRequired: false,
  qualityChecked: false,
  refuse: {
    blurred: true,
    tooDark: true,
    tooBright: true,
    lookingAway: false,
    glasses: false,
    headCovered: false,
    faceCovered: true,
    mouthOpen: false,
    eyesClosed: false,
  },
  qualityMinConfidence: 50,
  minScore: 50,
  apiTimeoutMs: 3000,
  openLoginMinutes: 10,
};

/** A policy version as it is stored: what an older one does not say is today's default, what we no longer know is left. */
export const policyValuesSchema = z
  .looseObject({ refuse: z.looseObject({}).prefault({}) })
  .transform((stored) => ({
    ...DEFAULT_POLICY_VALUES,
    ...stored,
    refuse: { ...DEFAULT_POLICY_VALUES.refuse, ...stored.refuse },
  }))
  .pipe(z.object({ ...wholePolicySchema.shape, refuse: z.object(wholePolicySchema.shape.refuse.shape) }));

/** A reason somebody gives for a change: kept for ever in the audit log. */
export const policyReasonSchema = z.string().trim().min(1).max(300);
