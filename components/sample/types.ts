import type { FeedbackCode } from "#lib/feedback/schema.ts";
import type { Decision, LegacyReason, Purpose } from "#lib/logins/schema.ts";
import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import type { Exchange, SampleFailure, SampleFeedback } from "#lib/sample/types.ts";

/** What one try sends, as bare Base64. */
export type Sent = { face?: string; fingers?: Partial<Record<`${FingerNumber}`, string>> };

/** One capture sent to an open login, for the developer's table. */
export type Try = {
  decision: Decision | null;
  reason: string | null;
  feedbackCode: string | null;
  latencyMs: number | null;
};

/** How a member proved to be themselves. */
export type By = "biometric" | "password";

export type SampleStep =
  | { at: "start" }
  | { at: "consent"; replace: boolean }
  | { at: "enrol"; replace: boolean }
  | { at: "enrolled" }
  | { at: "login" }
  | { at: "password"; reason: LegacyReason }
  | { at: "in"; by: By }
  | { at: "paid"; by: By };

/** Words for the person: from the gateway, ready to show, or a code the page has words for. */
export type SampleMessage =
  | { from: "gateway"; feedback: SampleFeedback; tone: "ok" | "warn" | "bad" }
  | { from: "page"; code: SampleFailure | "wrong_password" | "wait" | "unheard"; waitSeconds?: number };

/** Everything the sample's page shows. */
export type SampleView = {
  step: SampleStep;
  /** What the member wants: to get in, or to confirm a payment once they are. */
  purpose: Purpose;
  /** How they got in, while a payment is confirmed. */
  inBy: By | null;
  /** An answer that a developer asked to see: it did not happen. */
  shown: FeedbackCode | null;
  message: SampleMessage | null;
  sending: boolean;
  login: { id: string; path: "biometric" | "legacy"; reason: string; attemptsLeft: number } | null;
  tries: Try[];
  /** Every call of the sample's server to the gateway, newest last. */
  exchanges: Exchange[];
  /** Counts the answers, so that each try gets a fresh camera. */
  round: number;
  /** What was told to the gateway about the password, and whether it heard. */
  reported: { reason: LegacyReason; heard: boolean } | null;
};
