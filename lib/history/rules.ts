import type { FallbackReason, LoginOutcome, PathReason, VerificationReason } from "#lib/logins/schema.ts";
import { type RemedyCode, remedyOf } from "#lib/multibiometrics/remedies.ts";
import type { ApiFailureCode, FingerNumber } from "#lib/multibiometrics/types.ts";
import { FINGER_NUMBERS } from "#lib/people/schema.ts";
import type { CallMade, Span, TryTimes, Verification } from "#lib/verifications/types.ts";
import type { LoginEnd, LoginStory, TimelineEntry, Try } from "./types.ts";

/** What keeps a person from biometrics now whatever the last login was, in the order in which it matters. */
type Standing = "blocked" | "enrollment_pending" | "legacy_failed" | "halted" | "paused" | "not_exposed";

/** The answer to "why can't this person log in?". The words for it are chosen at the edge. */
export type PersonAnswer = {
  kind: Standing | "no_logins" | "open" | LoginOutcome;
  /** The reason most tries of the last login failed for; null when none failed. */
  cause: VerificationReason | null;
};

/**
 * Says what stands between the person and logging in, from the path their next login gets and how the last one went.
 * What holds now goes before what was; but somebody whom the password did not let in is still outside, whatever holds.
 */
export function answerForPerson(next: PathReason, last: LoginStory | null): PersonAnswer {
  const cause = causeOf(last?.tries ?? []);
  const outcome = last?.end?.outcome ?? null;
  switch (next) {
    case "blocked":
    case "enrollment_pending":
      return { kind: next, cause };
    case "halted":
    case "paused":
    case "not_exposed":
      return { kind: outcome === "legacy_failed" ? outcome : next, cause };
    default:
      return { kind: last === null ? "no_logins" : (outcome ?? "open"), cause };
  }
}

/** What to do for a person now: about what they are, a failed try, why they left the way, or why they were not on it. */
export type Advice =
  | {
      about: "standing";
      standing: Exclude<Standing, "legacy_failed"> | "no_logins" | "open" | "well" | "password";
    }
  | { about: "try"; reason: VerificationReason }
  | { about: "fallback"; reason: FallbackReason }
  | { about: "path"; reason: PathReason };

/** The one thing to do for the person; every answer has one, and every reason its own. */
export function adviceFor({ kind, cause }: PersonAnswer, last: LoginStory | null): Advice {
  switch (kind) {
    case "blocked":
    case "enrollment_pending":
    case "halted":
    case "paused":
    case "not_exposed":
    case "no_logins":
      return { about: "standing", standing: kind };
    case "completed_biometric":
      return { about: "standing", standing: "well" };
    case "legacy_failed":
      return { about: "standing", standing: "password" };
    case "open":
      return cause === null ? { about: "standing", standing: "open" } : { about: "try", reason: cause };
    default:
      return adviceAfter(cause, last);
  }
}

/** What to do after a login that did not end by biometrics. */
function adviceAfter(cause: VerificationReason | null, last: LoginStory | null): Advice {
  if (cause !== null) return { about: "try", reason: cause };
  if (last?.path === "legacy") return { about: "path", reason: last.pathReason };
  return { about: "fallback", reason: last?.end?.fallbackReason ?? "none" };
}

/** The reason the most failed tries share; of reasons equally frequent, the latest one. */
export function causeOf(tries: readonly Try[]): VerificationReason | null {
  const counts = new Map<VerificationReason, number>();
  let cause: VerificationReason | null = null;
  for (const { outcome, reason } of tries) {
    if (outcome === "matched") continue;
    const count = (counts.get(reason) ?? 0) + 1;
    counts.set(reason, count);
    if (cause === null || count >= (counts.get(cause) ?? 0)) cause = reason;
  }
  return cause;
}

/** How many tries of a login reached a comparison, matched or not. */
export const countUsable = (tries: readonly Try[]): number =>
  tries.filter(({ outcome }) => outcome === "matched" || outcome === "not_matched").length;

/** Whether the person was let in at the end, by either way; null while that is not known. */
export function wasLetIn(outcome: LoginOutcome | null): boolean | null {
  switch (outcome) {
    case "completed_biometric":
    case "completed_legacy":
    case "fell_back":
      return true;
    case "fell_back_failed":
    case "legacy_failed":
    case "rejected":
    case "abandoned":
      return false;
    case "legacy_unreported":
    case null:
      return null;
  }
}

type Timed = Pick<
  Verification,
  "decidedMs" | "qualityMs" | "livenessMs" | "verifyMs" | "diagnosisMs" | "judgedMs"
>;

/** Where the time of a try went, in the order of its steps; null for a record from before it was measured. */
export function timesOf({ decidedMs, judgedMs, ...calls }: Timed): TryTimes | null {
  if (decidedMs === null || judgedMs === null) return null;
  let atMs = decidedMs;
  const next = (ms: number | null): Span | null => {
    if (ms === null) return null;
    const fromMs = atMs;
    atMs += ms;
    return { fromMs, toMs: atMs };
  };
  // The two checks run side by side: the longer one is the step.
  const isChecked = calls.qualityMs !== null || calls.livenessMs !== null;
  const checks = next(isChecked ? Math.max(calls.qualityMs ?? 0, calls.livenessMs ?? 0) : null);
  const call = next(calls.verifyMs);
  const diagnosis = next(calls.diagnosisMs);
  // Each part was rounded by itself: their sum may pass the whole by a millisecond or two.
  const totalMs = Math.max(judgedMs, atMs);
  const decided = { fromMs: 0, toMs: decidedMs };
  return { totalMs, decided, checks, call, diagnosis, judged: { fromMs: atMs, toMs: totalMs } };
}

/** Whether the comparison was asked for, else what kept it from being asked. */
export function callMadeOf(
  v: Pick<Verification, "apiOperation" | "apiTries" | "reason" | "outcome">,
): CallMade {
  if (v.apiOperation === "verify" && v.apiTries > 0) return "made";
  if (v.reason === "api_circuit_open") return "circuit_open";
  if (v.apiOperation === "verify") return "no_time";
  if (v.outcome === "capture_refused" || v.outcome === "spoof_suspected") return "refused_before";
  return v.apiOperation === null ? "not_recorded" : "check_failed";
}

const FAILURES: Partial<Record<VerificationReason, ApiFailureCode>> = {
  person_unknown_at_api: "person_not_found",
  api_timed_out: "timed_out",
  api_unreachable: "unreachable",
  api_unauthorized: "unauthorized",
  api_quota_exhausted: "quota_exhausted",
  api_rate_limited: "rate_limited",
  api_server_error: "server_error",
  api_answer_unreadable: "answer_unreadable",
  api_circuit_open: "circuit_open",
};

type Failed = Pick<Verification, "reason" | "apiStatus" | "apiMessage">;

/** What to do about a failure of the API, or null where the API is not the cause. */
export function apiRemedyOf(v: Failed): RemedyCode | null {
  const failure = failureBehind(v);
  return failure === null ? null : remedyOf(failure);
}

function failureBehind({ reason, apiStatus, apiMessage }: Failed): ApiFailureCode | null {
  if (reason !== "api_refused") return FAILURES[reason] ?? null;
  if (apiStatus === 404 || apiStatus === 405) return "endpoint_missing";
  // The API named what it missed in the request, or only refused it.
  return apiMessage !== null || apiStatus === 415 ? "request_invalid" : "refused_other";
}

/** How the login went on after this try: the next one, else its end; null while neither is known. */
export function whatFollowed(
  id: string,
  login: Pick<LoginStory, "tries" | "end">,
): { kind: "try"; next: Try } | { kind: "end"; end: LoginEnd } | null {
  const place = login.tries.findIndex((made) => made.id === id);
  const next = place < 0 ? undefined : login.tries[place + 1];
  if (next !== undefined) return { kind: "try", next };
  return login.end === null ? null : { kind: "end", end: login.end };
}

/** Fingers with one and the same story: each finger sent by itself, the others together. */
export type ComparedFinger = {
  fingers: FingerNumber[];
  sent: boolean;
  /** Null where it is not known what was enrolled then. */
  enrolled: boolean | null;
  listed: boolean;
  result: "matched" | "not_matched" | "nothing";
};

/**
 * What the answer says of each finger. The API lists every finger that is not matched, also those never sent: of a
 * finger that was not sent, its list says nothing.
 */
export function compareFingers(
  v: Pick<Verification, "outcome" | "fingersSent" | "fingersNotMatched" | "fingersListed">,
  enrolled: { fingers: FingerNumber[] } | null,
): ComparedFinger[] {
  const hadVerdict = v.outcome === "matched" || v.outcome === "not_matched";
  const rowOf = (fingers: FingerNumber[], finger: FingerNumber): ComparedFinger => {
    const sent = v.fingersSent.includes(finger);
    const failed = v.fingersNotMatched.includes(finger);
    return {
      fingers,
      sent,
      enrolled: enrolled === null ? null : enrolled.fingers.includes(finger),
      listed: v.fingersListed.includes(finger),
      result: !sent || !hadVerdict ? "nothing" : failed ? "not_matched" : "matched",
    };
  };
  const unsent = new Map<string, ComparedFinger>();
  for (const finger of FINGER_NUMBERS) {
    if (v.fingersSent.includes(finger)) continue;
    const row = rowOf([finger], finger);
    const story = `${row.enrolled} ${row.listed}`;
    const known = unsent.get(story);
    if (known) known.fingers.push(finger);
    else if (row.enrolled === true || row.listed) unsent.set(story, row);
  }
  const others = [...unsent.values()].sort((a, b) => Number(b.enrolled) - Number(a.enrolled));
  return [...v.fingersSent.map((finger) => rowOf([finger], finger)), ...others];
}

/** Finger numbers in short, neighbours together: `3–5, 8–10`. */
export function fingerRanges(fingers: readonly FingerNumber[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const finger of fingers) {
    const range = ranges.at(-1);
    if (range && range[1] === finger - 1) range[1] = finger;
    else ranges.push([finger, finger]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
}

/**
 * The history as somebody reads it who sees CustomIDs masked: that staff looked or checked, and not who, but for their
 * own looks.
 */
export function withoutStaff(entries: readonly TimelineEntry[], viewerId: string): TimelineEntry[] {
  return entries.map((entry) => {
    const isStaff = entry.kind === "check" || (entry.kind === "view" && entry.actorId !== viewerId);
    return isStaff ? { ...entry, who: null } : entry;
  });
}
