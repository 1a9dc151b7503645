import { expect, test } from "vitest";
import {
  accountState,
  admit,
  endOfSession,
  isSecondPerson,
  isTouchDue,
  lacksSecondFactor,
  quietMs,
  sessionLeft,
  sessionWarning,
  stepUpFor,
  waitSeconds,
} from "./rules.ts";

import type { ProofFacts, Viewer } from "./types.ts";

const OPENED = new Date("2026-03-13T12:00:00.000Z");
const after = (minutes: number, seconds = 0) => new Date(OPENED.getTime() + (minutes * 60 + seconds) * 1000);
const session = { createdAt: OPENED, seenAt: OPENED, endedAt: null, memberDisabledAt: null };

test.each([
  { name: "holds at once", facts: session, now: OPENED, end: null },
  { name: "holds one second before 30 minutes without use", facts: session, now: after(29, 59), end: null },
  { name: "ends after 30 minutes without use", facts: session, now: after(30), end: "idle" },
  {
    name: "holds one second before 12 hours, while in use",
    facts: { ...session, seenAt: after(719) },
    now: after(719, 59),
    end: null,
  },
  {
    name: "ends after 12 hours, in use or not",
    facts: { ...session, seenAt: after(719, 59) },
    now: after(720),
    end: "absolute",
  },
  { name: "stays ended", facts: { ...session, endedAt: OPENED }, now: after(1), end: "ended" },
  {
    name: "ends at once when the member is disabled",
    facts: { ...session, memberDisabledAt: OPENED },
    now: OPENED,
    end: "disabled",
  },
])("a session $name", ({ facts, now, end }) => {
  expect(endOfSession(facts, now)).toBe(end);
});

const proof = (over: Partial<ProofFacts> = {}): ProofFacts => ({
  provedAt: OPENED,
  provedWith: "password",
  hasCodeApp: false,
  hasPassword: true,
  hasIdentity: false,
  ...over,
});

test.each([
  [0, 0, 30, 720, null],
  [10, 37, 3, 683, null],
  [10, 38, 2, 682, "idle"],
  [10, 45, 0, 675, "idle"],
  [700, 714, 16, 6, null],
  [700, 715, 15, 5, "absolute"],
  [690, 718, 2, 2, "absolute"],
] as const)(
  "last used at minute %i, a session has at minute %i %i and %i minutes left, and warns of: %s",
  (seen, minute, idle, absolute, warning) => {
    const left = sessionLeft({ ...session, seenAt: after(seen) }, after(minute));
    expect(left).toEqual({ idleMs: idle * 60_000, absoluteMs: absolute * 60_000 });
    expect(sessionWarning(left)).toBe(warning);
    expect(quietMs(left) === 0).toBe(warning !== null);
  },
);

test.each([
  ["required", { hasCodeApp: false }, 0, "must_set_up"],
  ["before_dangerous_acts", { hasCodeApp: false }, 0, "password_only"],
  ["required", { hasCodeApp: true }, 10, "code_app"],
  ["required", { hasCodeApp: true }, 2, "few_codes"],
  ["required", { provedWith: "single_sign_on", hasPassword: false }, 0, "single_sign_on"],
] as const)("under %s an account with %j and %i recovery codes leads with %s", (mode, over, left, state) => {
  expect(accountState(proof(over), mode, left)).toBe(state);
});

test("the last use is written at most once a minute", () => {
  expect(isTouchDue(session, after(0, 59))).toBe(false);
  expect(isTouchDue(session, after(1))).toBe(true);
});

test.each([
  { kind: "account", count: 0, wait: 0 },
  { kind: "account", count: 4, wait: 0 },
  { kind: "account", count: 5, wait: 2 },
  { kind: "account", count: 6, wait: 4 },
  { kind: "account", count: 9, wait: 32 },
  { kind: "account", count: 10, wait: 60 },
  { kind: "account", count: 5000, wait: 60 },
  { kind: "known_browser", count: 4, wait: 0 },
  { kind: "known_browser", count: 100, wait: 900 },
  { kind: "client", count: 19, wait: 0 },
  { kind: "client", count: 20, wait: 2 },
  { kind: "client", count: 100, wait: 900 },
] as const)("after $count failures a $kind waits $wait s", ({ kind, count, wait }) => {
  expect(waitSeconds(kind, { count, lastAt: OPENED }, OPENED)).toBe(wait);
});

test("a wait runs out by itself", () => {
  const failures = { count: 9, lastAt: OPENED };
  expect(waitSeconds("account", failures, after(0, 31))).toBe(1);
  expect(waitSeconds("account", failures, after(0, 32))).toBe(0);
});

test.each([
  ["a fresh code", "required", proof({ provedWith: "totp", hasCodeApp: true }), 4, null],
  ["a fresh recovery code", "required", proof({ provedWith: "recovery_code", hasCodeApp: true }), 4, null],
  ["a fresh single sign-on", "required", proof({ provedWith: "single_sign_on", hasIdentity: true }), 4, null],
  ["a code of five minutes ago", "required", proof({ provedWith: "totp", hasCodeApp: true }), 5, "code"],
  ["a fresh password where there is a code app", "off", proof({ hasCodeApp: true }), 0, "code"],
  ["a fresh password in a trial", "before_dangerous_acts", proof(), 0, "set_up"],
  ["a fresh password where it suffices", "off", proof(), 4, null],
  ["a password of five minutes ago where it suffices", "off", proof(), 5, "password"],
  [
    "an old single sign-on",
    "required",
    proof({ provedWith: "single_sign_on", hasIdentity: true }),
    5,
    "single_sign_on",
  ],
] as const)("%s under %s asks for the right thing", (_, mode, facts, minutes, asked) => {
  expect(stepUpFor(facts, mode, after(minutes))).toBe(asked);
});

test("a second factor is missed only where it is required and nothing else stands for it", () => {
  expect(lacksSecondFactor(proof(), "required")).toBe(true);
  expect(lacksSecondFactor(proof(), "before_dangerous_acts")).toBe(false);
  expect(lacksSecondFactor(proof({ hasCodeApp: true }), "required")).toBe(false);
  expect(lacksSecondFactor(proof({ provedWith: "single_sign_on" }), "required")).toBe(false);
});

test("whoever began or assessed an act is not its second person", () => {
  expect(isSecondPerson("a", ["b", null])).toBe(true);
  expect(isSecondPerson("a", ["b", "a"])).toBe(false);
});

const fresh: ProofFacts = {
  provedAt: OPENED,
  provedWith: "totp",
  hasCodeApp: true,
  hasPassword: true,
  hasIdentity: false,
};
const stale = { ...fresh, provedAt: after(-5) };
const bare = { ...fresh, provedWith: "password", hasCodeApp: false } as const;

test.each([
  { role: "administrator", act: "applications.change", proof: fresh, mode: "required", admitted: "full" },
  { role: "administrator", act: "applications.change", proof: stale, mode: "required", admitted: "code" },
  { role: "administrator", act: "applications.read", proof: stale, mode: "required", admitted: "full" },
  { role: "administrator", act: "applications.read", proof: bare, mode: "required", admitted: "set_up" },
  { role: "administrator", act: "applications.read", proof: bare, mode: "off", admitted: "full" },
  { role: "administrator", act: "account.read", proof: bare, mode: "required", admitted: "full" },
  { role: "administrator", act: "session.end", proof: bare, mode: "required", admitted: "full" },
  { role: "administrator", act: "login.open", proof: fresh, mode: "off", admitted: "role" },
  { role: "viewer", act: "people.search", proof: stale, mode: "off", admitted: "masked" },
  // The role is judged first: who may not is asked for no proof.
  { role: "viewer", act: "applications.change", proof: bare, mode: "required", admitted: "role" },
] as const)("a $role at $act, second factor $mode: $admitted", ({ role, act, proof, mode, admitted }) => {
  const viewer: Viewer = { memberId: "m", sessionId: "s", name: "n", email: "e", role, proof };
  const answer = admit(viewer, act, mode, OPENED);
  const said = answer.ok ? answer.viewer.grant : answer.because === "proof" ? answer.stepUp : answer.because;
  expect(said).toBe(admitted);
});
