import { modalityOf } from "#lib/captures/rules.ts";
import type { CaptureFault } from "#lib/captures/types.ts";
import { judge } from "#lib/logins/rules.ts";
import type { TryFacts, TryMade } from "#lib/logins/types.ts";
import { apiMessages } from "#lib/multibiometrics/schema.ts";
import type {
  ApiFailureCode,
  ApiResult,
  CallFacts,
  FingerNumber,
  Verdict,
} from "#lib/multibiometrics/types.ts";
import { FINGER_NUMBERS } from "#lib/people/schema.ts";
import type { Policy } from "#lib/policies/schema.ts";
import type { Conditions } from "./conditions.ts";
import type { Dice, Weighted } from "./dice.ts";
import type { SeedPerson } from "./people.ts";

/** What of the policy's time the API calls may take. */
const OWN_SHARE_MS = 100;

const NOT_MATCHED_SHARE = 0.024;
const UNUSABLE_SHARE = 0.058;
/** Somebody whose picture failed stands where they stood: the next one fails more easily. */
const AFTER_FAILURE_FACTOR = 4.2;
const API_ERROR_SHARE = 0.003;

const FAULTS: Weighted<CaptureFault> = [
  ["too_dark", 26],
  ["blurred", 18],
  ["face_off_centre", 11],
  ["face_too_far", 10],
  ["looking_away", 7],
  ["no_face", 6],
  ["several_faces", 5],
  ["too_bright", 4],
  ["glasses", 4],
  ["head_covered", 3],
  ["eyes_closed", 3],
  ["face_covered", 2],
  ["mouth_open", 1],
];

const ERRORS: Weighted<ApiFailureCode> = [
  ["timed_out", 45],
  ["server_error", 40],
  ["rate_limited", 10],
  ["unreachable", 5],
];

/** Errors that are an answer, by their HTTP status. */
const STATUSES: Partial<Record<ApiFailureCode, number>> = { server_error: 503, rate_limited: 429 };

export type TrySetting = {
  person: SeedPerson;
  policy: Policy;
  conditions: Conditions;
  attempt: number;
  attemptsAllowed: number;
  hasJustFailed: boolean;
  /** True where this try has to fail: for the few people whose pause must be seen. */
  mustFail: boolean;
};

type Sent = { face: boolean; fingers: FingerNumber[] };

/** One try as it could have gone, judged by the product's own rules. */
export function makeTry(dice: Dice, setting: TrySetting): TryMade {
  const { policy, attempt, attemptsAllowed, conditions } = setting;
  const sent = sentBy(dice, setting.person);
  const base = {
    ...sent,
    problem: null,
    screening: null,
    verdict: null,
    fault: null,
    policy: policy.values,
    attempt,
    attemptsAllowed,
  };
  const limitMs = policy.values.apiTimeoutMs - OWN_SHARE_MS;
  const asked = askApi(dice, setting, sent, Math.min(limitMs, latencyOf(dice, conditions, sent)), limitMs);
  const facts: TryFacts = { ...base, ...asked };
  const { call } = asked.verdict;
  // The look at why a picture was unusable is made of calls too.
  const diagnosisMs = asked.fault === null ? null : Math.min(limitMs - call.latencyMs, dice.whole(90, 260));
  const apiLatencyMs = call.latencyMs + (diagnosisMs ?? 0);
  const decidedMs = dice.whole(2, 9);
  return {
    facts,
    judgement: judge(facts),
    modality: modalityOf(sent.face, sent.fingers),
    decisiveCall: call,
    apiLatencyMs,
    timing: {
      decidedMs,
      qualityMs: null,
      livenessMs: null,
      verifyMs: call.tries === 0 ? null : call.latencyMs,
      diagnosisMs,
      judgedMs: decidedMs + apiLatencyMs + dice.whole(0, 2),
    },
  };
}

function sentBy(dice: Dice, { face, fingers }: SeedPerson): Sent {
  if (!face || fingers.length === 0) return { face, fingers };
  const [shown = 2] = fingers;
  return dice.pick<Sent>([
    [{ face: true, fingers: [] }, 62],
    [{ face: true, fingers: [shown] }, 24],
    [{ face: false, fingers: [shown] }, 14],
  ]);
}

/** Log-normal about 0.6 s: one in twenty takes longer than 1.4 s. */
function latencyOf(dice: Dice, { latencyFactor }: Conditions, { face, fingers }: Sent): number {
  const perCall = face && fingers.length > 0 ? 1.15 : 1;
  return Math.round(610 * latencyFactor * perCall * Math.exp(0.48 * dice.normal()));
}

type Asked = { verdict: ApiResult<Verdict>; fault: CaptureFault | null };

function askApi(dice: Dice, setting: TrySetting, sent: Sent, latencyMs: number, limitMs: number): Asked {
  const error = errorOf(dice, setting.conditions, latencyMs >= limitMs);
  if (error !== null) return failedWith(dice, error, latencyMs, limitMs);
  const factor =
    setting.person.failureFactor *
    setting.person.device.failureFactor *
    setting.conditions.failureFactor *
    (setting.hasJustFailed ? AFTER_FAILURE_FACTOR : 1);
  const call = answered(latencyMs, dice.chance(0.012) ? 2 : 1);
  if (setting.mustFail || dice.chance(Math.min(0.5, NOT_MATCHED_SHARE * factor)))
    return notMatched(dice, sent, call);
  if (dice.chance(Math.min(0.6, UNUSABLE_SHARE * factor))) return unusable(dice, sent, call);
  return { verdict: { ok: true, value: verdictOf(sent, true, []), call }, fault: null };
}

function errorOf(dice: Dice, { api }: Conditions, isTooSlow: boolean): ApiFailureCode | null {
  if (api === "timing_out") return "timed_out";
  // Now and then the open circuit lets one call through to see.
  if (api === "circuit_open") return dice.chance(0.06) ? "timed_out" : "circuit_open";
  if (api === "failing" && dice.chance(0.55)) return "server_error";
  if (isTooSlow) return "timed_out";
  return dice.chance(API_ERROR_SHARE) ? dice.pick(ERRORS) : null;
}

const answered = (latencyMs: number, tries: number, status = 200): CallFacts => {
  return { operation: "verify", status, latencyMs, tries, message: null, answerSha256: null };
};

function failedWith(dice: Dice, code: ApiFailureCode, usualMs: number, limitMs: number): Asked {
  const isSilent = code === "timed_out";
  const latencyMs = code === "circuit_open" ? 0 : isSilent ? limitMs : usualMs;
  const tries = code === "circuit_open" ? 0 : isSilent ? 1 : dice.whole(1, 3);
  const call: CallFacts = { ...answered(latencyMs, tries), status: STATUSES[code] ?? null };
  return { verdict: { ok: false, code, call, outcomeUnknown: false }, fault: null };
}

/** The API lists every finger that did not match, those never sent among them. */
function verdictOf({ face, fingers }: Sent, match: boolean, missed: readonly FingerNumber[]): Verdict {
  const matched = fingers.filter((finger) => !missed.includes(finger));
  const faceMatched = face && (match || missed.length > 0);
  const listedFingers = FINGER_NUMBERS.filter((finger) => !matched.includes(finger));
  return { match, faceMatched, nonMatchedFingers: [...missed], listedFingers };
}

function notMatched(dice: Dice, sent: Sent, call: CallFacts): Asked {
  const byFinger = sent.fingers.length > 0 && (!sent.face || dice.chance(0.6));
  const value = verdictOf(sent, false, byFinger ? sent.fingers.slice(-1) : []);
  return { verdict: { ok: true, value, call }, fault: null };
}

function unusable(dice: Dice, sent: Sent, { latencyMs, tries }: CallFacts): Asked {
  const message = sent.face ? apiMessages.faceExtractionFailed : apiMessages.extractionFailed;
  const call = { ...answered(latencyMs, tries, 400), message };
  const fault = sent.face ? dice.pick(FAULTS) : null;
  return { verdict: { ok: false, code: "capture_unusable", call, outcomeUnknown: false }, fault };
}
