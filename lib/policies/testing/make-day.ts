import type { PolicyValues } from "../schema.ts";
import { DEFAULT_POLICY_VALUES } from "../schema.ts";
import type { Day, DayTry } from "../types.ts";

export const DAY_FROM = new Date("2026-03-13T00:00:00Z");
const MINUTE_MS = 60_000;

/** One try for tests, as "m" matched, "x" not matched, "r" refused capture, "s" spoof, "e" cut off at the API. */
const ENDS = {
  m: { outcome: "matched", reason: "matched", decision: "approved" },
  x: { outcome: "not_matched", reason: "different_person", decision: "retry_capture" },
  r: { outcome: "capture_refused", reason: "too_dark", decision: "retry_capture" },
  s: { outcome: "spoof_suspected", reason: "spoof_suspected", decision: "use_legacy" },
  e: { outcome: "api_error", reason: "api_timed_out", decision: "use_legacy" },
} as const satisfies Record<string, Partial<DayTry>>;

export type TryLetter = keyof typeof ENDS;

type Login = {
  /** The tries in order: "xxm" missed twice, then matched. A capital ends the login with the password. */
  tries: string;
  person?: string;
  /** Minutes into the day; one try a minute. */
  at?: number;
  more?: Partial<DayTry>;
};

let made = 0;

/** A login of the day as its tries. */
export function login({ tries, person = "ana", at = 0, more = {} }: Login): DayTry[] {
  made += 1;
  const loginId = `login-${made}`;
  return [...tries].map((letter, place) => {
    const end = ENDS[letter.toLowerCase() as TryLetter];
    const isEnd = letter !== letter.toLowerCase();
    return {
      loginId,
      personId: person,
      atMs: DAY_FROM.getTime() + (at + place) * MINUTE_MS,
      attempt: place + 1,
      face: true,
      policyVersion: 1,
      apiOperation: "verify",
      apiLatencyMs: 400,
      ended: null,
      ...end,
      ...(isEnd ? { decision: "use_legacy" } : {}),
      ...more,
    };
  });
}

/** A day of these logins under one policy, the defaults where nothing else is said. */
export function dayOf(logins: DayTry[][], values: Partial<PolicyValues> = {}, more: Partial<Day> = {}): Day {
  return {
    from: DAY_FROM,
    isWhole: true,
    tries: logins.flat().sort((a, b) => a.atMs - b.atMs),
    smooth: [],
    failuresBefore: new Map(),
    pausedLogins: [],
    ends: [],
    offered: logins.length,
    policies: new Map([[1, { ...DEFAULT_POLICY_VALUES, ...values }]]),
    ...more,
  };
}
