import { describe, expect, test } from "vitest";
import { LOCALES } from "#lib/i18n/locales.ts";
import { MESSAGES } from "#lib/i18n/messages.ts";
import {
  FALLBACK_REASONS,
  LOGIN_OUTCOMES,
  type LoginOutcome,
  PATH_REASONS,
  type PathReason,
  VERIFICATION_REASONS,
  type VerificationReason,
} from "#lib/logins/schema.ts";
import { type Advice, adviceFor, answerForPerson, causeOf, countUsable, wasLetIn } from "./rules.ts";
import type { LoginStory, Try } from "./types.ts";

const now = new Date("2026-03-13T12:00:00Z");

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
    "the answer for whoever may use biometrics is how the last login ended: %s",
    (outcome) => {
      expect(answerForPerson("exposed", login(outcome)).kind).toBe(outcome);
    },
  );

  test.each(["blocked", "enrollment_pending", "halted", "paused", "not_exposed"] as const)(
    "what holds now goes before the last login: %s",
    (reason) => {
      expect(answerForPerson(reason, login("fell_back", [aTry("too_dark")]))).toEqual({
        kind: reason,
        cause: "too_dark",
      });
      expect(answerForPerson(reason, null).kind).toBe(reason);
    },
  );

  test.each([
    ["blocked", "blocked"],
    ["enrollment_pending", "enrollment_pending"],
    ["halted", "legacy_failed"],
    ["paused", "legacy_failed"],
    ["not_exposed", "legacy_failed"],
  ] as const)("somebody whom the password did not let in and who is %s is told %s", (reason, kind) => {
    expect(answerForPerson(reason, login("legacy_failed")).kind).toBe(kind);
  });

  test("a person who never logged in is said to have no logins", () => {
    expect(answerForPerson("exposed", null)).toEqual({ kind: "no_logins", cause: null });
  });

  test("a login without an end is said to be open", () => {
    expect(answerForPerson("exposed", login(null, [aTry("too_dark")]))).toEqual({
      kind: "open",
      cause: "too_dark",
    });
  });
});

describe("adviceFor", () => {
  const adviceOf = (next: PathReason, last: LoginStory | null) =>
    adviceFor(answerForPerson(next, last), last);

  test.each(VERIFICATION_REASONS.filter((reason) => reason !== "matched"))(
    "a failed try is answered by its own remedy: %s",
    (reason) => {
      for (const outcome of [
        "fell_back",
        "fell_back_failed",
        "rejected",
        "abandoned",
        "legacy_unreported",
        null,
      ] as const)
        expect(adviceOf("exposed", login(outcome, [aTry(reason)]))).toEqual({ about: "try", reason });
    },
  );

  test.each(FALLBACK_REASONS)(
    "a login left without a failed try is answered by why it was left: %s",
    (reason) => {
      const left = login("fell_back");
      if (left.end) left.end.fallbackReason = reason;
      expect(adviceOf("exposed", left)).toEqual({ about: "fallback", reason });
    },
  );

  test.each(PATH_REASONS)("a login that was not offered biometrics is answered by why: %s", (reason) => {
    const routed = { ...login("completed_legacy"), path: "legacy", pathReason: reason } as const;
    expect(adviceOf("exposed", routed)).toEqual({ about: "path", reason });
  });

  test.each([
    ["completed_biometric", "well"],
    ["legacy_failed", "password"],
  ] as const)("after %s the advice is %s", (outcome, standing) => {
    expect(adviceOf("exposed", login(outcome))).toEqual({ about: "standing", standing });
  });
});

describe.each(LOCALES)("in %s", (locale) => {
  const { verifications, people } = MESSAGES[locale];
  const texts: Record<Advice["about"], [keys: readonly string[], words: Record<string, unknown>]> = {
    standing: [
      [
        "blocked",
        "enrollment_pending",
        "halted",
        "paused",
        "not_exposed",
        "no_logins",
        "open",
        "well",
        "password",
      ],
      people.person.next.standing,
    ],
    try: [VERIFICATION_REASONS, verifications.remedy],
    fallback: [FALLBACK_REASONS, people.person.next.fallback],
    path: [PATH_REASONS, people.person.next.path],
  };
  test.each(Object.entries(texts))("every advice about a %s has words of its own", (_, [keys, words]) => {
    expect(Object.keys(words).sort()).toEqual([...keys].sort());
    const said = Object.values(words).map((word) => JSON.stringify(word));
    const shared = said.filter((word, place) => said.indexOf(word) !== place);
    // Reasons with one and the same remedy may share it; most must not.
    expect(shared.length).toBeLessThan(said.length / 3);
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
