import type { LoginEnd, LoginStory, Try } from "#lib/history/types.ts";
import type { VerificationReason } from "#lib/logins/schema.ts";
import { type RemedyCode, remedyOf } from "#lib/multibiometrics/remedies.ts";
import type { ApiFailureCode, FingerNumber } from "#lib/multibiometrics/types.ts";
import { FINGER_NUMBERS } from "#lib/people/schema.ts";
import type {
  CallMade,
  FacetName,
  RollupCell,
  Span,
  TimeWindow,
  TryTimes,
  Verification,
  VerificationFacets,
  VerificationFilters,
} from "./types.ts";

const WINDOW_MINUTES: Record<TimeWindow, number> = { "1h": 60, "24h": 1440, "7d": 10_080, "30d": 43_200 };
/** Width of one bar of the time line, in minutes: about fifty bars in every window. */
const BAR_MINUTES: Record<TimeWindow, number> = { "1h": 1, "24h": 30, "7d": 240, "30d": 720 };
/** Readers without names see no count of fewer people than this: it could point at somebody. */
export const SMALLEST_CELL = 5;
const MINUTE_MS = 60_000;

export const barMinutesOf = (window: TimeWindow): number => BAR_MINUTES[window];

/** The window's limits: from a full bar on, so that the rollups answer exactly for what the list shows. */
export function limitsOf(window: TimeWindow, now: Date): { from: Date; to: Date } {
  const barMs = BAR_MINUTES[window] * MINUTE_MS;
  const to = new Date(Math.floor(now.getTime() / barMs) * barMs + barMs);
  return { from: new Date(to.getTime() - WINDOW_MINUTES[window] * MINUTE_MS), to };
}

/** The limits the list keeps to: the range chosen on the time line, else the whole window. */
export function limitsOfList(filters: VerificationFilters, now: Date): { from: Date; to: Date } {
  return filters.range ?? limitsOf(filters.window, now);
}

export type FacetValue = { value: string; count: number; chosen: boolean };

/**
 * Counts every value of a facet among the verifications that pass all the other facets, most frequent first. Chosen
 * values stay although nothing is left of them.
 */
export function countFacet(
  cells: readonly RollupCell[],
  facets: VerificationFacets,
  name: FacetName,
): FacetValue[] {
  const others = { ...facets, [name]: [] };
  const counts = new Map<string, number>(facets[name].map((value) => [value, 0]));
  for (const cell of cells)
    if (passes(cell, others)) counts.set(cell[name], (counts.get(cell[name]) ?? 0) + cell.count);
  const chosen: readonly string[] = facets[name];
  return [...counts]
    .map(([value, count]) => ({ value, count, chosen: chosen.includes(value) }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** Whether a verification with these values is part of the list. */
export function passes(cell: Omit<RollupCell, "count">, facets: VerificationFacets): boolean {
  const has = (chosen: readonly string[], value: string) => chosen.length === 0 || chosen.includes(value);
  return (
    has(facets.outcome, cell.outcome) &&
    has(facets.reason, cell.reason) &&
    has(facets.modality, cell.modality) &&
    has(facets.channel, cell.channel) &&
    has(facets.source, cell.source)
  );
}

export type Tally = {
  all: number;
  notMatched: number;
  apiErrors: number;
  commonest: RollupCell["reason"] | null;
};

/** The figures of the page's first sentence: all verifications, those that did not match, and why most often. */
export function tallyOf(cells: readonly RollupCell[]): Tally {
  const reasons = new Map<RollupCell["reason"], number>();
  const tally: Tally = { all: 0, notMatched: 0, apiErrors: 0, commonest: null };
  for (const { outcome, reason, count } of cells) {
    tally.all += count;
    if (outcome === "matched") continue;
    tally.notMatched += count;
    if (outcome === "api_error") tally.apiErrors += count;
    const ofReason = (reasons.get(reason) ?? 0) + count;
    reasons.set(reason, ofReason);
    if (tally.commonest === null || ofReason > (reasons.get(tally.commonest) ?? 0)) tally.commonest = reason;
  }
  return tally;
}

/** Whether a bar of the time line counts so few verifications that it could point at somebody. */
export const hasSmallBar = (bars: readonly { cells: readonly { count: number }[] }[]): boolean =>
  bars.some(({ cells }) => {
    const all = cells.reduce((sum, { count }) => sum + count, 0);
    return all > 0 && all < SMALLEST_CELL;
  });

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
