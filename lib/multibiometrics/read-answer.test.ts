import { describe, expect, it } from "vitest";
import { readVerdict } from "./read-answer.ts";
import type { FingerNumber } from "./types.ts";

const nowMs = Date.parse("2025-03-01T12:00:00Z");
const answer = (status: number, body: unknown, retryAfter: string | null = null) => ({
  status,
  body: typeof body === "string" ? body : JSON.stringify(body),
  retryAfter,
});
const sentFace = { customId: "sample-1", face: true, fingers: [] };
const sentFingers = (...fingers: FingerNumber[]) => ({ customId: "sample-1", face: false, fingers });
const verdict = (match: boolean, faceMatched: boolean, nonMatched: unknown[]) => ({
  Person: {
    CustomID: "sample-1",
    Match: match,
    MatchDetails: { FaceMatched: faceMatched, NonMatchedFingers: nonMatched },
  },
});

describe("a business message means the same in every form the API may use", () => {
  const messages = [
    ["Invalid JSON format", "request_invalid"],
    ["Invalid JSON Format", "request_invalid"],
    ["CustomID is mandatory", "custom_id_missing"],
    ["CustomID already exists", "custom_id_exists"],
    ["Person not found", "person_not_found"],
    ["Failed to extract template", "capture_unusable"],
    ["Failed to extract face template", "capture_unusable"],
    ["Failed to extract fingerprint template", "capture_unusable"],
    ["Invalid base64 string", "image_invalid"],
    ["Image (base64) not found", "image_missing"],
    ["No Faces Detected", "capture_unusable"],
    ["Multiple Faces Detected", "capture_unusable"],
  ] as const;
  const forms: [string, (message: string) => ReturnType<typeof answer>][] = [
    ["plain text on 400", (m) => answer(400, m)],
    ["plain text with a final stop, spaces and other case", (m) => answer(400, `  ${m.toUpperCase()}.\r\n`)],
    ["a JSON string", (m) => answer(400, JSON.stringify(m))],
    ["gateway JSON", (m) => answer(400, { statusCode: 400, message: m })],
    ["gateway JSON on 200", (m) => answer(200, { statusCode: 400, message: m })],
    ["Success false with Message on 200", (m) => answer(200, { Success: false, Message: m })],
    ["result", (m) => answer(400, { Success: false, result: m })],
    ["plain text after a byte order mark", (m) => answer(400, `\uFEFF${m}`)],
    ["plain text on 404", (m) => answer(404, m)],
    ["plain text on 500", (m) => answer(500, m)],
    ["plain text on 200", (m) => answer(200, m)],
  ];
  const rows = forms.flatMap(([form, build]) => messages.map(([m, code]) => [m, form, build, code] as const));

  it.each(rows)("%s as %s", (message, _form, build, code) => {
    const reading = readVerdict(build(message), sentFace, nowMs);
    expect(reading).toMatchObject({ ok: false, code });
  });
});

describe("a status speaks where the message does not", () => {
  const rows = [
    [
      answer(401, {
        statusCode: 401,
        message:
          "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.",
      }),
      "unauthorized",
    ],
    [answer(401, "Unauthorized"), "unauthorized"],
    [answer(401, ""), "unauthorized"],
    [answer(200, { statusCode: 401, message: "x" }), "unauthorized"],
    [
      answer(403, {
        statusCode: 403,
        message: "Out of call volume quota. Quota will be replenished in 01:00:00.",
      }),
      "quota_exhausted",
    ],
    [answer(403, "Forbidden"), "unauthorized"],
    [answer(404, { statusCode: 404, message: "Resource not found" }), "endpoint_missing"],
    [answer(405, ""), "endpoint_missing"],
    [answer(408, ""), "timed_out"],
    [answer(413, "<html>"), "image_too_large"],
    [answer(415, ""), "request_invalid"],
    [answer(422, "who knows"), "refused_other"],
    [answer(400, ""), "refused_other"],
    [answer(400, { errors: { Person: ["?"] } }), "refused_other"],
    [answer(429, ""), "rate_limited"],
    [answer(500, "oops"), "server_error"],
    [answer(502, "Person not found"), "server_error"],
    [answer(503, ""), "server_error"],
    [answer(302, ""), "answer_unreadable"],
    [answer(200, ""), "answer_unreadable"],
    [answer(200, "<html>Sign in to the network</html>"), "answer_unreadable"],
    [answer(200, "null"), "answer_unreadable"],
    [answer(200, "[]"), "answer_unreadable"],
    [answer(200, { Person: { CustomID: "sample-1", Match: "true" } }), "answer_unreadable"],
    [answer(200, '{"Person":{"CustomID":"sample-1","Match":tr'), "answer_unreadable"],
    [answer(200, { Success: false }), "refused_other"],
    [answer(200, { ...verdict(true, true, []), Success: false }), "refused_other"],
  ] as const;

  it.each(rows)("%o is %s", (given, code) => {
    expect(readVerdict(given, sentFace, nowMs)).toMatchObject({ ok: false, code });
  });
});

describe("the time to wait", () => {
  const rows = [
    ["seconds in the header", answer(429, "", "7"), 7_000],
    ["a date in the header", answer(429, "", "Sat, 01 Mar 2025 12:00:30 GMT"), 30_000],
    ["a date gone by", answer(429, "", "Sat, 01 Mar 2025 11:00:00 GMT"), 0],
    [
      "seconds in the message",
      answer(429, { statusCode: 429, message: "Rate limit is exceeded. Try again in 12 seconds." }),
      12_000,
    ],
    [
      "the quota's hours",
      answer(403, "Out of call volume quota. Quota will be replenished in 02:03:04."),
      7_384_000,
    ],
    [
      "the quota's days",
      answer(403, "Out of call volume quota. Quota will be replenished in 1.00:00:01."),
      86_401_000,
    ],
  ] as const;

  it.each(rows)("is read from %s", (_from, given, retryAfterMs) => {
    expect(readVerdict(given, sentFace, nowMs)).toMatchObject({ ok: false, retryAfterMs });
  });

  it("is absent where nobody states it", () => {
    expect(readVerdict(answer(429, "slow down", "soon"), sentFace, nowMs)).not.toHaveProperty("retryAfterMs");
  });
});

describe("a message is kept only when it is one of the API's own", () => {
  it.each([
    ["Person not found.", "Person not found."],
    ["Rate limit is exceeded. Try again in 5 seconds.", "Rate limit is exceeded. Try again in 5 seconds."],
    ["Person sample-1 not found", null],
    ["Failed to extract sample-1 template", null],
    ["a".repeat(5_000), null],
  ])("%.60s", (said, message) => {
    expect(readVerdict(answer(400, said), sentFace, nowMs)).toMatchObject({ ok: false, message });
  });
});

describe("the verdict", () => {
  const everyFinger = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((finger) => `Finger-${finger}`);

  it("is Match, although the API lists all ten fingers that a face-only check never sent", () => {
    const reading = readVerdict(answer(200, verdict(true, true, everyFinger)), sentFace, nowMs);
    expect(reading).toEqual({
      ok: true,
      value: {
        match: true,
        faceMatched: true,
        nonMatchedFingers: [],
        listedFingers: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      },
    });
  });

  it("counts only fingers that were sent as not matched", () => {
    const reading = readVerdict(
      answer(200, verdict(false, false, everyFinger.slice(1))),
      sentFingers(1, 2, 7),
      nowMs,
    );
    expect(reading).toMatchObject({ ok: true, value: { match: false, nonMatchedFingers: [2, 7] } });
  });

  it("is never read from an empty list of fingers", () => {
    const reading = readVerdict(answer(200, verdict(false, false, [])), sentFace, nowMs);
    expect(reading).toMatchObject({ ok: true, value: { match: false, nonMatchedFingers: [] } });
  });

  it("understands fingers as names, numbers and numerals, and drops what is none", () => {
    const listed = ["Finger-10", 2, "3", "finger_4", "Finger-2", "Finger-11", "thumb", 0];
    const reading = readVerdict(answer(200, verdict(false, false, listed)), sentFingers(2, 10), nowMs);
    expect(reading).toMatchObject({
      ok: true,
      value: { listedFingers: [2, 3, 4, 10], nonMatchedFingers: [2, 10] },
    });
  });

  it("never claims a matched face that was not sent", () => {
    const reading = readVerdict(answer(200, verdict(true, true, [])), sentFingers(1), nowMs);
    expect(reading).toMatchObject({ ok: true, value: { faceMatched: false } });
  });

  it("is read without details, with Success and with unknown fields", () => {
    const body = { Success: true, Person: { Match: true, Region: "x" }, Trace: 1 };
    expect(readVerdict(answer(200, body), sentFace, nowMs)).toMatchObject({
      ok: true,
      value: { match: true },
    });
  });

  it("of another person is refused, be it by case alone", () => {
    const other = { Person: { CustomID: "Sample-1", Match: true } };
    expect(readVerdict(answer(200, other), sentFace, nowMs)).toMatchObject({
      ok: false,
      code: "answer_unreadable",
    });
  });
});
