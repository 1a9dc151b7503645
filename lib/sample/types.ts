import type { Decision, LegacyReason } from "#lib/logins/schema.ts";

/** One call of the sample app's server to the gateway, as its developers want to see it. Holds no person and no image. */
export type Exchange = {
  call: string;
  /** HTTP status; null when no answer came. */
  status: number | null;
  latencyMs: number;
  /** The gateway's error code, null where it answered. */
  problemCode: string | null;
};

/** What the person is told, in the language asked for. */
export type SampleFeedback = { code: string; text: string };

/** Why a step of the sample failed; the text is chosen by the page. */
export type SampleFailure = "gateway_away" | "refused" | "invalid";

/** A failed call; `feedback` is the gateway's own word for the person, where it gave one. */
export type SampleFailed = {
  ok: false;
  code: SampleFailure;
  feedback: SampleFeedback | null;
  exchange: Exchange | null;
};

export type EnrolAnswer = { ok: true; feedback: SampleFeedback; exchange: Exchange } | SampleFailed;

export type OpenAnswer =
  | {
      ok: true;
      loginId: string;
      path: "biometric" | "legacy";
      reason: string;
      attemptsLeft: number;
      feedback: SampleFeedback;
      exchange: Exchange;
    }
  | SampleFailed;

export type TryAnswer =
  | {
      ok: true;
      decision: Decision;
      reason: string;
      attemptsLeft: number;
      feedback: SampleFeedback;
      exchange: Exchange;
    }
  | SampleFailed;

/** The sample company's own password check, and whether the gateway heard how it ended. */
export type PasswordAnswer = {
  ok: true;
  result: "in" | "wrong" | "wait";
  waitSeconds: number;
  /** Null while the login goes on: only its end is reported. */
  reported: { reason: LegacyReason; heard: boolean } | null;
  exchanges: Exchange[];
};
