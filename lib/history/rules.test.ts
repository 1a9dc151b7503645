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
import {
  type Advice,
  adviceFor,
  answerForPerson,
  apiRemedyOf,
  callMadeOf,
  causeOf,
  compareFingers,
  countUsable,
  fingerRanges,
  timesOf,
  wasLetIn,
  whatFollowed,
  withoutStaff,
} from "./rules.ts";
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

describe("where the time of a try went", () => {
  const times = { qualityMs: null, livenessMs: null, verifyMs: null, diagnosisMs: null };

  test("each step begins where the one before it ended, checks side by side", () => {
    const all = {
      decidedMs: 3,
      qualityMs: 40,
      livenessMs: 25,
      verifyMs: 604,
      diagnosisMs: 90,
      judgedMs: 740,
    };
    expect(timesOf(all)).toEqual({
      totalMs: 740,
      decided: { fromMs: 0, toMs: 3 },
      checks: { fromMs: 3, toMs: 43 },
      call: { fromMs: 43, toMs: 647 },
      diagnosis: { fromMs: 647, toMs: 737 },
      judged: { fromMs: 737, toMs: 740 },
    });
  });

  test("steps that were not taken are left out", () => {
    expect(timesOf({ ...times, decidedMs: 2, judgedMs: 2 })).toMatchObject({
      checks: null,
      call: null,
      diagnosis: null,
      judged: { fromMs: 2, toMs: 2 },
    });
  });

  test("parts rounded up never pass the whole", () => {
    expect(timesOf({ ...times, decidedMs: 3, verifyMs: 8, judgedMs: 10 })?.totalMs).toBe(11);
  });

  test("a record from before it was measured tells nothing", () => {
    expect(timesOf({ ...times, decidedMs: null, judgedMs: null })).toBeNull();
  });
});

describe("whether the comparison was asked for", () => {
  const call = { apiOperation: "verify", apiTries: 1, reason: "matched", outcome: "matched" } as const;
  test.each([
    ["made", call],
    ["made", { ...call, reason: "api_timed_out", outcome: "api_error", apiTries: 2 }],
    ["circuit_open", { ...call, reason: "api_circuit_open", outcome: "api_error", apiTries: 0 }],
    ["no_time", { ...call, reason: "api_timed_out", outcome: "api_error", apiTries: 0 }],
    [
      "refused_before",
      { ...call, apiOperation: null, apiTries: 0, reason: "image_invalid", outcome: "capture_refused" },
    ],
    [
      "refused_before",
      { ...call, apiOperation: "check_icao", reason: "too_dark", outcome: "capture_refused" },
    ],
    [
      "refused_before",
      { ...call, apiOperation: "liveness", reason: "spoof_suspected", outcome: "spoof_suspected" },
    ],
    ["check_failed", { ...call, apiOperation: "liveness", reason: "api_timed_out", outcome: "api_error" }],
  ] as const)("%s", (made, v) => expect(callMadeOf(v)).toBe(made));
});

describe("what to do about the API", () => {
  const failed = (
    reason: VerificationReason,
    apiStatus: number | null = null,
    apiMessage: string | null = null,
  ) => apiRemedyOf({ reason, apiStatus, apiMessage });

  test.each([
    ["api_timed_out", "service_wait"],
    ["api_unreachable", "service_check_network"],
    ["api_unauthorized", "service_check_key"],
    ["api_quota_exhausted", "service_raise_quota"],
    ["api_rate_limited", "service_wait"],
    ["api_server_error", "service_wait"],
    ["api_answer_unreadable", "ask_provider"],
    ["api_circuit_open", "service_wait"],
    ["person_unknown_at_api", "enroll_first"],
  ] as const)("%s: %s", (reason, remedy) => expect(failed(reason)).toBe(remedy));

  test("a refused call is about the address, the request or the provider, by what was answered", () => {
    expect(failed("api_refused", 404)).toBe("service_check_address");
    expect(failed("api_refused", 400, "CustomID is mandatory")).toBe("fix_request");
    expect(failed("api_refused", 400)).toBe("ask_provider");
  });

  test("where the person or the picture is the cause, the API has no remedy", () => {
    for (const reason of VERIFICATION_REASONS) {
      const isApi = reason.startsWith("api_") || reason === "person_unknown_at_api";
      expect([reason, failed(reason) !== null]).toEqual([reason, isApi]);
    }
  });
});

describe("the fingers sent against those listed", () => {
  const v = {
    outcome: "not_matched",
    fingersSent: [2, 7],
    fingersNotMatched: [2],
    fingersListed: [1, 2, 3, 4, 5, 6, 8, 9, 10],
  } as const;
  const rows = (more: object, enrolled: { fingers: (1 | 2 | 6 | 7)[] } | null) =>
    compareFingers(
      {
        ...v,
        fingersSent: [...v.fingersSent],
        fingersNotMatched: [...v.fingersNotMatched],
        fingersListed: [...v.fingersListed],
        ...more,
      },
      enrolled,
    );

  test("a finger never sent says nothing, though the API lists it as not matched", () => {
    expect(rows({}, { fingers: [1, 2, 6, 7] })).toEqual([
      { fingers: [2], sent: true, enrolled: true, listed: true, result: "not_matched" },
      { fingers: [7], sent: true, enrolled: true, listed: false, result: "matched" },
      { fingers: [1, 6], sent: false, enrolled: true, listed: true, result: "nothing" },
      { fingers: [3, 4, 5, 8, 9, 10], sent: false, enrolled: false, listed: true, result: "nothing" },
    ]);
  });

  test("without a verdict no finger matched or failed", () => {
    const all = rows({ outcome: "api_error", fingersNotMatched: [], fingersListed: [] }, null);
    expect(all.map(({ result, enrolled }) => [result, enrolled])).toEqual([
      ["nothing", null],
      ["nothing", null],
    ]);
  });

  test("neighbours are written together", () => {
    expect(fingerRanges([3, 4, 5, 8, 10])).toBe("3–5, 8, 10");
    expect(fingerRanges([])).toBe("");
  });
});

describe("how the login went on after a try", () => {
  const first = { ...aTry("too_dark"), id: "one" };
  const second = { ...aTry("matched", "matched"), id: "two" };
  const whole = login("completed_biometric", [first, second]);

  test("the next try, else the end", () => {
    expect(whatFollowed("one", whole)).toEqual({ kind: "try", next: second });
    expect(whatFollowed("two", whole)).toEqual({ kind: "end", end: whole.end });
  });

  test("nothing is known while it is open", () => {
    expect(whatFollowed("one", login(null, [first]))).toBeNull();
  });
});

test("a reader of masked CustomIDs learns that staff looked, and not who, but for themselves", () => {
  const view = (actorId: string, who: string) =>
    ({ kind: "view", id: actorId, at: now, actorId, who }) as const;
  const login = {
    kind: "check",
    id: "c",
    at: now,
    who: "admin-01",
    outcome: "matched",
    reason: "matched",
    apiLatencyMs: 1,
  } as const;
  const read = withoutStaff([view("own", "viewer-01"), view("other", "admin-01"), login], "own");
  expect(read.map(({ who }) => who)).toEqual(["viewer-01", null, null]);
});
