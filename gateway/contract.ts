import { z } from "zod";
import { faceSchema, fingersSchema } from "#lib/captures/schema.ts";
import { REGIMES } from "#lib/deadlines/types.ts";
import { feedbackOf } from "#lib/feedback/rules.ts";
import { FEEDBACK_CODES } from "#lib/feedback/schema.ts";
import {
  DECISIONS,
  DEVICE_CLASSES,
  legacyReasonSchema,
  NOT_TRIED_REASONS,
  PATH_REASONS,
  PATHS,
  purposeSchema,
  reportKindSchema,
  VERIFICATION_REASONS,
} from "#lib/logins/schema.ts";
import { customIdSchema, legalBasisSchema } from "#lib/people/schema.ts";
import { ASKED_RIGHTS, REQUEST_STATES, RIGHTS } from "#lib/requests/types.ts";
import { isStorableText } from "#lib/storable-text.ts";
import { PROBLEM_CODES, problemKind } from "./problems.ts";

// What travels between an application and the gateway. Fields nobody knows are refused, so that a misspelt one is found
// on the first call and not after a month.

const storable = { error: "holds a character that is no text" };
const short = z.string().max(64).refine(isStorableText, storable);
const locale = z.string().max(35).meta({
  description: "Language of `feedback.text`, `en` or `pt-BR`. Without it `Accept-Language` decides.",
});
const customId = customIdSchema.meta({
  description:
    "The person, exactly as enrolled: case and spaces count. It travels in bodies only, never in a URL.",
});
const capture = { face: faceSchema.optional(), fingers: fingersSchema.optional() };

export const enrollmentBody = z.strictObject({
  customId,
  legalBasis: legalBasisSchema.meta({ description: "Why you may process this person's biometrics." }),
  ...capture,
  locale: locale.optional(),
});

export const recaptureBody = enrollmentBody.extend({
  legalBasis: legalBasisSchema
    .optional()
    .meta({ description: "Accepted and ignored: the basis stays as it is." }),
});

export const loginBody = z.strictObject({
  customId,
  purpose: purposeSchema.default("login"),
  channel: short.optional().meta({
    description: "One of the channels registered for the application; anything else counts as `other`.",
  }),
  device: z
    .strictObject({
      class: short.optional().meta({
        description: `One of ${DEVICE_CLASSES.join(", ")}; anything else counts as \`other\`.`,
      }),
      os: short.optional(),
      appVersion: short.optional(),
    })
    .optional(),
  ...capture,
  locale: locale.optional(),
});

export const verificationBody = z.strictObject({ ...capture, locale: locale.optional() });

export const legacyOutcomeBody = z.strictObject({
  succeeded: z.boolean().meta({ description: "Whether the person got in the old way." }),
  reason: legacyReasonSchema
    .optional()
    .meta({ description: "Why they left the biometric path, if you know." }),
  lockedOut: z.boolean().default(false),
});

export const reportBody = z.strictObject({
  kind: reportKindSchema,
  note: z
    .string()
    .max(500)
    .refine(isStorableText, storable)
    .optional()
    .meta({ description: "For the administrator. Do not name the person here." }),
});

export const comparisonBody = z.strictObject({
  type: z.enum(["face", "finger"]),
  a: faceSchema,
  b: faceSchema,
  locale: locale.optional(),
});

export const requestBody = z.strictObject({
  customId,
  right: z.enum(ASKED_RIGHTS),
  regimes: z.array(z.enum(REGIMES)).min(1).default(["lgpd"]).meta({ description: "The laws that apply." }),
  receivedAt: z.iso.datetime({ offset: true }).optional().meta({
    description: "When the person asked, if earlier than this call.",
  }),
  locale: locale.optional(),
});
export const requestParams = z.object({ id: z.uuid() });

/** Each value with what it says, as a list that Markdown and plain eyes read alike. */
const listed = <Code extends string>(codes: readonly Code[], textOf: (code: Code) => string): string =>
  codes.map((code) => `- \`${code}\`: ${textOf(code)}`).join("\n");

const feedback = z
  .object({
    code: z.enum(FEEDBACK_CODES).meta({
      description: listed(FEEDBACK_CODES, (code) => feedbackOf(code, "en").text),
    }),
    text: z.string(),
  })
  .meta({ id: "Feedback", description: "Made to be shown as it stands." });
const reason = z
  .enum([...new Set([...PATH_REASONS, ...VERIFICATION_REASONS, ...NOT_TRIED_REASONS])])
  .meta({ id: "Reason", description: "Why the path is what it is, or what came of the try." });
const decision = z.enum(DECISIONS).meta({
  id: "Decision",
  description:
    "approved: let them in. rejected: the login has ended. retry_capture: show the feedback and send another picture. use_legacy: ask for the password, then report how it went.",
});
const attemptsLeft = z.number().int().min(0);

export const enrollmentAnswer = z.object({ personId: z.string(), feedback });
export const loginAnswer = z.object({
  loginId: z.string(),
  path: z.enum(PATHS),
  reason,
  decision: decision.optional(),
  attemptsLeft: attemptsLeft.optional(),
  feedback,
});
export const verificationAnswer = z.object({ decision, reason, attemptsLeft, feedback });
export const comparisonAnswer = z.object({ genuine: z.boolean(), score: z.number(), approved: z.boolean() });
export const loginParams = z.object({ loginId: z.string().max(200) });

export const requestAnswer = z.object({
  id: z.string(),
  protocol: z.string().meta({ description: "Tell it to the person." }),
  right: z.enum(RIGHTS),
  state: z.enum(REQUEST_STATES),
  stateText: z.string().meta({ description: "The state in a sentence, made to be shown." }),
  dueAt: z.string().meta({ description: "The first moment that is too late." }),
  article: z.string().meta({ description: "By which article it is due." }),
  closedAs: z.enum(REQUEST_STATES).optional().meta({ description: "Why it is closed, once it is." }),
  alreadyOpen: z.boolean().optional().meta({ description: "Whether the person had asked the same before." }),
});

export const problemAnswer = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().meta({ description: "What to do next." }),
    instance: z.string().meta({ description: "The request id, for the administrator." }),
    code: z.enum(PROBLEM_CODES).meta({
      description: listed(PROBLEM_CODES, (code) => {
        const { status, title, next } = problemKind(code);
        return `${status}. ${title}. ${next}`;
      }),
    }),
    reason: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    feedback: feedback.optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details." });
