import { z } from "zod";
import { COMPARED_METRICS } from "#lib/rollout-evidence/schema.ts";

/** The flag that decides who is offered the biometric path. It is also the `groupId` of its strategies, for good. */
export const BIOMETRIC_LOGIN_FLAG = "biometric-login";

/** The cohort, as the context field `cohort` and the segment of Unleash name it. */
export const EARLY_ADOPTERS = "early-adopters";

/** The channel PostgreSQL announces a changed intent on. */
export const ROLLOUT_INTENT_CHANNEL = "rollout_intent";

/** The channel on which what must be judged at once is announced. */
export const ROLLOUT_EVIDENCE_CHANNEL = "rollout_evidence";

const HALTED = /^(\d+) halted$/;

/** What is said on the channel of an intent: its version, and that it halts, so that a halt is obeyed before it is read. */
export const intentWord = ({ version, halted }: { version: number; halted: boolean }): string =>
  halted ? `${version} halted` : String(version);

/** The version of the intent that a word says halts; null where it says nothing of a halt. */
export const haltingVersion = (word: string): number | null => {
  const [, version] = HALTED.exec(word) ?? [];
  return version === undefined ? null : Number(version);
};

/** What we want of the flag, apart from what Unleash says. */
export type RolloutIntent = {
  exposurePercent: number;
  /** Whether the early adopters are offered the path, whatever their bucket. */
  offersEarlyAdopters: boolean;
  halted: boolean;
  version: number;
};

export const ROLLOUT_STATES = ["planned", "running", "completed", "rolled_back", "replaced"] as const;
export const STAGE_ENDS = ["advanced", "rolled_back", "halted", "completed", "replaced"] as const;
/** What becomes of biometrics that were enrolled during a rollout which was rolled back. */
export const TEMPLATE_CHOICES = ["keep", "suspend", "erase"] as const;
export type TemplateChoice = (typeof TEMPLATE_CHOICES)[number];
export const ARMS = ["biometric", "legacy"] as const;

/** What is done to a rollout. `adopt` and `revert` end a drift; `drill` is a halt that is let go again at once. */
export const CHANGE_KINDS = [
  "start",
  "advance",
  "hold",
  "resume",
  "roll_back",
  "halt",
  "release_halt",
  "drill",
  "change_plan",
  "adopt",
  "revert",
  "finish",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** `unknown`: Unleash may have taken it; read back before anything else is asked of it. */
export const CHANGE_STATES = ["intended", "confirmed", "refused", "unknown"] as const;

const percent = z.number().int().min(0).max(100);

const stageSchema = z.strictObject({
  /** 0: early adopters alone. */
  exposurePercent: percent,
  minDwellHours: z.number().min(0).max(720),
  /** Whether the least time only ends once a Saturday and a Sunday were in it. */
  spansWeekend: z.boolean().default(false),
  /** After so many days somebody is asked what to do; nothing advances because time passed. */
  maxDwellDays: z.number().min(0.001).max(90),
  /** First logins of the biometric arm, at least, before it can go on. */
  minPeople: z.number().int().min(0).max(1_000_000).default(0),
  /** The odds of an end that is bad, against legacy, that this stage must be proven to stay below; null: no comparison. */
  margin: z.number().min(1.05).max(5).nullable(),
  /** Compared gates that still roll back here, but no longer hold. */
  harmOnly: z.array(z.enum(COMPARED_METRICS)).default([]),
  advances: z.enum(["by_itself", "asks"]),
});
export type PlannedStage = z.output<typeof stageSchema>;

/** Everything a product manager sets of a rollout. Times of the plan are in hours, days and minutes as named. */
export const planSchema = z
  .strictObject({
    stages: z.array(stageSchema).min(1).max(12),
    limits: z.strictObject({
      /** Of 100 logins offered, at most so many may fall back. */
      fallbackPercent: z.number().min(0.1).max(80),
      apiErrorPercent: z.number().min(0.1).max(80),
      /** A login slower than this counts as slow, and a call to the API slower than that. */
      slowLoginSeconds: z.number().min(1).max(120),
      slowCallMs: z.number().int().min(100).max(30_000),
      slowCallPercent: z.number().min(0.1).max(80),
    }),
    /** Logins this soon after a change are not counted: gateways may still hear of it. */
    coolDownMinutes: z.number().min(0).max(60),
    /** Both arms are compared within slices of this length. */
    sliceMinutes: z.number().min(0.05).max(60),
    /** How long after its opening the end of a login is waited for. */
    outcomeMinutes: z.number().min(0.05).max(60),
    /** Nobody advances by itself in these hours of the installation's time zone; both 0: always. */
    quietHours: z.strictObject({
      from: z.number().int().min(0).max(23),
      to: z.number().int().min(0).max(23),
    }),
  })
  .superRefine(({ stages }, context) => {
    for (const [place, stage] of stages.entries()) {
      const before = stages[place - 1];
      if (before !== undefined && stage.exposurePercent <= before.exposurePercent)
        context.addIssue({
          code: "custom",
          path: ["stages", place, "exposurePercent"],
          message: "not_ascending",
        });
      if (stage.exposurePercent === 0 && stage.margin !== null)
        context.addIssue({
          code: "custom",
          path: ["stages", place, "margin"],
          message: "nothing_to_compare",
        });
      if (stage.exposurePercent === 100 && stage.margin !== null)
        context.addIssue({
          code: "custom",
          path: ["stages", place, "margin"],
          message: "nothing_to_compare",
        });
    }
  });
export type RolloutPlan = z.output<typeof planSchema>;

const stage = (exposurePercent: number, more: Partial<PlannedStage>): PlannedStage => ({
  exposurePercent,
  minDwellHours: 24,
  spansWeekend: false,
  maxDwellDays: 14,
  minPeople: 0,
  margin: null,
  harmOnly: [],
  advances: "asks",
  ...more,
});

const LIMITS: RolloutPlan["limits"] = {
  fallbackPercent: 15,
  apiErrorPercent: 2,
  slowLoginSeconds: 10,
  slowCallMs: 2_000,
  slowCallPercent: 5,
};
const TIMES = { coolDownMinutes: 10, sliceMinutes: 15, outcomeMinutes: 10 };
const ALWAYS = { from: 0, to: 0 };
const EARLY = stage(0, {});

/**
 * Plans to start from. The margin shrinks as more people are exposed, so that the harm that is tolerated, the share times what
 * it is above 1, stays about the same: the "risk is effect times ramp" of Xu, Duan and Huang, KDD 2018.
 */
export const PLAN_TEMPLATES = {
  /** Six stages with proof at each; five of 100 stay on legacy for good. */
  proven: {
    stages: [
      EARLY,
      stage(1, { margin: 3, advances: "by_itself" }),
      stage(5, { margin: 2, advances: "by_itself" }),
      stage(25, { margin: 1.5, advances: "by_itself" }),
      stage(50, { margin: 1.3, minDwellHours: 72, spansWeekend: true }),
      stage(95, { minDwellHours: 168 }),
    ],
    limits: LIMITS,
    ...TIMES,
    quietHours: ALWAYS,
  },
  /** The same steps, each after a person's word, and none at night. */
  careful: {
    stages: [
      EARLY,
      stage(1, { margin: 3, minDwellHours: 48 }),
      stage(5, { margin: 2, minDwellHours: 48 }),
      stage(25, { margin: 1.5, minDwellHours: 72 }),
      stage(50, { margin: 1.3, minDwellHours: 168 }),
      stage(95, { minDwellHours: 336 }),
    ],
    limits: LIMITS,
    ...TIMES,
    quietHours: { from: 18, to: 8 },
  },
  /** Few people cannot prove much, and of what is rare nothing: large steps, limits of its own, a person's word each time. */
  small: {
    stages: [
      EARLY,
      stage(10, { margin: 3, minDwellHours: 72, maxDwellDays: 30, harmOnly: ["lockout", "slow_login"] }),
      stage(50, { margin: 2, minDwellHours: 168, maxDwellDays: 30, harmOnly: ["lockout", "slow_login"] }),
      stage(95, { minDwellHours: 336, maxDwellDays: 30 }),
    ],
    limits: LIMITS,
    ...TIMES,
    sliceMinutes: 60,
    quietHours: ALWAYS,
  },
} as const satisfies Record<string, RolloutPlan>;
export type PlanTemplate = keyof typeof PLAN_TEMPLATES;

const LONGEST_REASON = 500;
const reasonSchema = z.string().trim().max(LONGEST_REASON);
/** A halt waits for nothing, not even for words. */
export const haltSchema = z.object({ reason: reasonSchema.transform((text) => text || null) });
/**
 * What the form of a plan sends: the plan as JSON beside the words about it. What is wrong with it is told by its place and
 * a code, `stages.2.margin too_small 1.05`, so that the form can say it there.
 */
const planText = z
  .string()
  .max(20_000)
  .transform((text, context): RolloutPlan => {
    const parsed = planSchema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      const limit =
        issue.code === "too_small" ? issue.minimum : issue.code === "too_big" ? issue.maximum : "";
      const code = issue.code === "custom" ? issue.message : issue.code;
      context.addIssue({ code: "custom", message: [issue.path.join("."), code, limit].join(" ").trim() });
    }
    return z.NEVER;
  });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
export const createRolloutSchema = z.object({
  build: z.string().trim().min(1).max(60),
  plan: planText,
});
export const changePlanSchema = z.object({
  plan: planText,
  planVersion: z.coerce.number().int().min(1),
  reason: reasonSchema.min(1),
});
/** An act on a rollout that was seen in this version, approved to the digest of what it changes. */
const approvedSchema = z.object({
  version: z.coerce.number().int().min(1),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  reason: reasonSchema.min(1),
});
export const changeRolloutSchema = approvedSchema;
export const rollBackSchema = approvedSchema.extend({
  /** The place of the plan it goes back to, from 0; empty for off. */
  to: z.union([z.literal("").transform(() => null), z.coerce.number().int().min(0).max(11)]),
});
export const drillSchema = z.object({
  version: z.coerce.number().int().min(1),
  reason: reasonSchema.transform((text) => text || null),
});
export const releaseHaltSchema = z.object({
  reason: reasonSchema.min(1),
  version: z.coerce.number().int().min(1),
});
/** A login's id as the console shows it; empty where nobody knows at which it was. */
export const reportFalseAcceptSchema = z.object({
  loginId: z.union([z.literal("").transform(() => null), z.uuid()]),
  reason: reasonSchema.min(1),
});
