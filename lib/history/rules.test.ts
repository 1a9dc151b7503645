import { describe, expect, test } from "vitest";
import { LOGIN_OUTCOMES, type LoginOutcome, type VerificationReason } from "#lib/logins/schema.ts";
import { answerForPerson, causeOf, countUsable, wasLetIn } from "./rules.ts";
import type { LoginStory, Try } from "./types.ts";

const now = new Date("2026-03-13T12:00:00Z");
const enrolled = { status: "enrolled", pausedUntil: null } as const;

const aTry = (reason: VerificationReason, outcome: Try["outcome"] = "capture_refused"): Try => ({
  id: "sample",
  at: now,
  modality: "face",
  outcome,
  reason,
  decision: "retry_capture",
  apiLatencyMs: 300,
  fingersSent: [],
  fingersNotMatched: [],
});

const login = (outcome: LoginOutcome | null, tries: Try[] = []): LoginStory => ({
  id: "sample",
  openedAt: now,
  application: "Sample application",
  path: "biometric",
  pathReason: "exposed",
  exposurePercent: 25,
  channel: "web",
  deviceClass: "desktop_linux",
  deviceOs: null,
  end: outcome && { at: now, outcome, fallbackReason: "none", lockedOut: false },
  tries,
});

describe("answerForPerson", () => {
  test.each(LOGIN_OUTCOMES)(
    "the answer for an enrolled person is how the last login ended: %s",
    (outcome) => {
      expect(answerForPerson(enrolled, login(outcome), now).kind).toBe(outcome);
    },
  );

  test("a block goes before everything else", () => {
    const person = { status: "blocked", pausedUntil: new Date(now.getTime() + 1) } as const;
    expect(answerForPerson(person, login("fell_back"), now).kind).toBe("blocked");
  });

  test("an enrolment that is not finished goes before the last login", () => {
    const person = { status: "pending", pausedUntil: null } as const;
    expect(answerForPerson(person, login("completed_legacy"), now).kind).toBe("enrollment_pending");
  });

  test("a pause counts until its last moment and not after it", () => {
    const paused = { status: "enrolled", pausedUntil: new Date(now.getTime() + 1) } as const;
    expect(answerForPerson(paused, login("fell_back"), now).kind).toBe("paused");
    expect(answerForPerson({ ...paused, pausedUntil: now }, login("fell_back"), now).kind).toBe("fell_back");
  });

  test("a person who never logged in is said to have no logins", () => {
    expect(answerForPerson(enrolled, null, now)).toEqual({ kind: "no_logins", cause: null });
  });

  test("a login without an end is said to be open", () => {
    expect(answerForPerson(enrolled, login(null, [aTry("too_dark")]), now)).toEqual({
      kind: "open",
      cause: "too_dark",
    });
  });
});

describe("causeOf", () => {
  test("names the reason most tries failed for", () => {
    const tries = [aTry("too_dark"), aTry("too_dark"), aTry("different_person", "not_matched")];
    expect(causeOf(tries)).toBe("too_dark");
  });
  test("names the latest of equally frequent reasons", () => {
    expect(causeOf([aTry("too_dark"), aTry("blurred")])).toBe("blurred");
    expect(causeOf([aTry("too_dark"), aTry("blurred"), aTry("too_dark"), aTry("blurred")])).toBe("blurred");
  });
  test("a try that matched is no cause", () => {
    expect(causeOf([aTry("matched", "matched")])).toBeNull();
  });
});

test("only tries that reached a comparison count as usable", () => {
  const tries = [aTry("too_dark"), aTry("different_person", "not_matched"), aTry("matched", "matched")];
  expect(countUsable(tries)).toBe(2);
});

test("a login nobody reported on is neither let in nor kept out", () => {
  expect(wasLetIn("legacy_unreported")).toBeNull();
  expect(wasLetIn(null)).toBeNull();
  expect(wasLetIn("fell_back")).toBe(true);
  expect(wasLetIn("rejected")).toBe(false);
});
