import { diagnoseFace, screenCapture } from "#lib/captures/examine-capture.ts";
import { modalityOf, refusedQuality } from "#lib/captures/rules.ts";
import type { Capture, CaptureReading } from "#lib/captures/types.ts";
import { CATALOGUE_VERSION } from "#lib/feedback/schema.ts";
import type { CallFacts, Multibiometrics } from "#lib/multibiometrics/types.ts";
import type { Policy } from "#lib/policies/schema.ts";
import type { VerificationMade } from "#lib/recording/types.ts";
import { failuresBeforePause, judge, judgeScreening } from "./rules.ts";
import type { Judgement, TryFacts, TryMade } from "./types.ts";

type Api = Pick<Multibiometrics, "verify" | "checkIcao" | "checkLiveness" | "detectFaces">;

/** Of the time one person waits, what reading, recording and answering may take. */
export const OWN_SHARE_MS = 100;

export type TryRequest = {
  customId: string;
  capture: CaptureReading;
  policy: Policy;
  attempt: number;
  attemptsAllowed: number;
  /** When the person began to wait, by `performance.now()`; the start of this call where it is left out. */
  startedMs?: number;
};

/**
 * Compares a capture with a person's enrolment at the API and judges what came of it, within the policy's time for all
 * calls together. Nothing is recorded: `verificationOf` makes the event of it. Never throws for what the API does.
 */
export async function verifyPerson(api: Api, request: TryRequest): Promise<TryMade> {
  const { capture: reading, policy, attempt, attemptsAllowed } = request;
  const base = {
    policy: policy.values,
    attempt,
    attemptsAllowed,
    screening: null,
    verdict: null,
    fault: null,
  };
  const askedMs = performance.now();
  const { startedMs = askedMs } = request;
  const timing = { ...NOT_TIMED, decidedMs: wholeMs(askedMs - startedMs) };
  if (!reading.ok) {
    const { problem, modality, fingers } = reading;
    const facts: TryFacts = { ...base, problem, face: modality !== "fingers", fingers };
    const judgement = judge(facts);
    const timed = { ...timing, judgedMs: wholeMs(performance.now() - startedMs) };
    return { facts, judgement, modality, decisiveCall: null, apiLatencyMs: null, timing: timed };
  }
  const budget = {
    remainingMs: () => policy.values.apiTimeoutMs - OWN_SHARE_MS - (performance.now() - startedMs),
  };
  const { capture } = reading;
  const face = capture.face !== undefined;
  const sent: TryFacts = { ...base, problem: null, face, fingers: capture.fingerNumbers };
  const { diagnosisMs, ...facts } = await ask(api, request.customId, capture, sent, budget);
  const answeredMs = performance.now();
  const judgement = judge(facts);
  return {
    facts,
    judgement,
    modality: modalityOf(face, capture.fingerNumbers),
    decisiveCall: decisiveCall(facts),
    apiLatencyMs: Math.round(answeredMs - askedMs),
    timing: {
      ...timing,
      qualityMs: latencyOf(facts.screening?.quality),
      livenessMs: latencyOf(facts.screening?.liveness),
      verifyMs: latencyOf(facts.verdict),
      diagnosisMs,
      judgedMs: wholeMs(performance.now() - startedMs),
    },
  };
}

const NOT_TIMED = {
  decidedMs: null,
  qualityMs: null,
  livenessMs: null,
  verifyMs: null,
  diagnosisMs: null,
  judgedMs: null,
};

/** As the history keeps it: two bytes, so that no count and no time can make the record refused. */
const smallOf = <Count extends number | null>(count: Count): Count | number =>
  count === null ? count : Math.min(count, 32_767);
const wholeMs = (ms: number): number => smallOf(Math.round(ms));

/** How long a call took; null when none went out, also because the circuit was open or no time was left. */
const latencyOf = (asked: { call: CallFacts } | null | undefined): number | null =>
  asked == null || asked.call.tries === 0 ? null : wholeMs(asked.call.latencyMs);

type Budget = { remainingMs(): number };

async function ask(
  api: Api,
  customId: string,
  capture: Capture,
  sent: TryFacts,
  budget: Budget,
): Promise<TryFacts & { diagnosisMs: number | null }> {
  const screening = await screenCapture(api, capture, sent.policy, budget);
  const screened = { ...sent, screening, diagnosisMs: null };
  if (judgeScreening(screened) !== null) return screened;
  const verdict = await api.verify(customId, capture, { totalTimeoutMs: budget.remainingMs() });
  const isUnusable = !verdict.ok && verdict.code === "capture_unusable";
  if (!isUnusable || capture.face === undefined) return { ...screened, verdict };
  const unusableMs = performance.now();
  const fault = await diagnoseFace(api, capture.face, screening, budget);
  return { ...screened, verdict, fault, diagnosisMs: wholeMs(performance.now() - unusableMs) };
}

/** The call the judgement rests on: the verification if it was made, else the check that refused. */
function decisiveCall({ verdict, screening, policy }: TryFacts): CallFacts | null {
  if (verdict !== null) return verdict.call;
  const { liveness = null, quality = null } = screening ?? {};
  const qualityRefused = quality?.ok === true && refusedQuality(quality.value, policy) !== null;
  return (qualityRefused ? quality : liveness)?.call ?? null;
}

/** Where, when and by whom a try was made. */
export type TryPlace = Pick<
  VerificationMade,
  | "id"
  | "openedAt"
  | "loginId"
  | "at"
  | "source"
  | "actorId"
  | "personId"
  | "channel"
  | "deviceClass"
  | "purpose"
  | "exposurePercent"
  | "gateway"
  | "failuresBefore"
  | "feedbackLocale"
>;

/** The event of a try, for the recorder. It holds no picture, no CustomID and no text of a feedback. */
export function verificationOf(
  place: TryPlace,
  { policy }: Pick<TryRequest, "policy">,
  made: TryMade,
): VerificationMade {
  const { facts, judgement, decisiveCall: call } = made;
  const verdict = facts.verdict?.ok ? facts.verdict.value : null;
  const counts = place.source === "gateway";
  // The fields by name come first: after those of others they would be added to the object one by one, ten times as slowly.
  return {
    attempt: facts.attempt,
    modality: made.modality,
    policyVersion: policy.version,
    apiOperation: call?.operation ?? null,
    apiStatus: call?.status ?? null,
    apiMessage: call?.message ?? null,
    apiTries: call?.tries ?? 0,
    apiLatencyMs: made.apiLatencyMs,
    faceMatched: verdict === null || !facts.face ? null : verdict.faceMatched,
    fingersSent: [...facts.fingers],
    fingersNotMatched: verdict?.nonMatchedFingers ?? [],
    fingersListed: verdict?.listedFingers ?? [],
    pauseAfterFailures: counts ? failuresBeforePause(policy.values, facts) : null,
    pauseMinutes: counts ? policy.values.pauseMinutes : null,
    ...place,
    ...made.timing,
    ...outcomeOf(judgement),
    failuresBefore: smallOf(place.failuresBefore ?? null),
  };
}

const outcomeOf = ({ outcome, reason, decision, feedbackCode }: Judgement) => ({
  outcome,
  reason,
  decision,
  feedbackCode,
  catalogueVersion: CATALOGUE_VERSION,
});
