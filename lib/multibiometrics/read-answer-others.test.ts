import { describe, expect, it } from "vitest";
import {
  readComparison,
  readDeleted,
  readEnrolled,
  readFaceCount,
  readIcao,
  readLiveness,
  readTemplate,
} from "./read-answer.ts";
import type { FingerNumber } from "./types.ts";

const nowMs = Date.parse("2025-03-01T12:00:00Z");
const answer = (status: number, body: unknown, retryAfter: string | null = null) => ({
  status,
  body: typeof body === "string" ? body : JSON.stringify(body),
  retryAfter,
});
const _sentFace = { customId: "sample-1", face: true, fingers: [] };
const _sentFingers = (...fingers: FingerNumber[]) => ({ customId: "sample-1", face: false, fingers });
const _verdict = (match: boolean, faceMatched: boolean, nonMatched: unknown[]) => ({
  Person: {
    CustomID: "sample-1",
    Match: match,
    MatchDetails: { FaceMatched: faceMatched, NonMatchedFingers: nonMatched },
  },
});

describe("liveness", () => {
  const rows = [
    [
      "a live face",
      answer(200, { Success: true, result: "Ok", spoof: false }),
      { ok: true, value: { result: "ok", live: true } },
    ],
    [
      "a spoof",
      answer(200, { Success: true, result: "Ok", spoof: true }),
      { ok: true, value: { result: "ok", live: false } },
    ],
    [
      "no face",
      answer(200, { Success: false, result: "No Faces Detected" }),
      { ok: true, value: { result: "no_face", live: false } },
    ],
    [
      "several faces, on 400",
      answer(400, { Success: false, result: "Multiple Faces Detected." }),
      { ok: true, value: { result: "several_faces", live: false } },
    ],
    [
      "no face in plain text",
      answer(400, "No Faces Detected"),
      { ok: true, value: { result: "no_face", live: false } },
    ],
    [
      "a missing image",
      answer(200, { Success: false, result: "Image (base64) not found" }),
      { ok: false, code: "image_missing" },
    ],
    [
      "broken Base64",
      answer(200, { Success: false, result: "Invalid base64 string" }),
      { ok: false, code: "image_invalid" },
    ],
    [
      "Ok without spoof",
      answer(200, { Success: true, result: "Ok" }),
      { ok: false, code: "answer_unreadable" },
    ],
    [
      "Ok without success",
      answer(200, { Success: false, result: "Ok", spoof: false }),
      { ok: false, code: "answer_unreadable" },
    ],
    ["a bare Ok", answer(200, "Ok"), { ok: false, code: "answer_unreadable" }],
    ["a refused key", answer(401, ""), { ok: false, code: "unauthorized" }],
  ] as const;

  it.each(rows)("reads %s", (_what, given, expected) => {
    expect(readLiveness(given, nowMs)).toMatchObject(expected);
  });
});

describe("the other answers", () => {
  it("an enrolment keeps the BioPassID, which may be absent", () => {
    const sent = { customId: "sample-1" };
    const full = answer(200, { Person: { ClientID: "c", CustomID: "sample-1", BioPassID: "b-1" } });
    expect(readEnrolled(full, sent, nowMs)).toEqual({
      ok: true,
      value: { customId: "sample-1", bioPassId: "b-1" },
    });
    const bare = answer(200, { Person: { CustomID: "sample-1" } });
    expect(readEnrolled(bare, sent, nowMs)).toMatchObject({ ok: true, value: { bioPassId: null } });
  });

  it("a deletion of somebody else is no deletion", () => {
    const other = answer(200, { Person: { CustomID: "sample-2" } });
    expect(readDeleted(other, { customId: "sample-1" }, nowMs)).toMatchObject({
      ok: false,
      code: "answer_unreadable",
    });
  });

  it("an empty template is unreadable", () => {
    expect(readTemplate(answer(200, { Extract: { Template: "" } }), nowMs)).toMatchObject({ ok: false });
    expect(readTemplate(answer(200, { Extract: { Template: "dA==" } }), nowMs)).toMatchObject({ ok: true });
  });

  it("a comparison needs both its verdict and its score", () => {
    const whole = answer(200, { Match: { IsGenuine: true, Score: 87.5 } });
    expect(readComparison(whole, nowMs)).toEqual({ ok: true, value: { genuine: true, score: 87.5 } });
    expect(readComparison(answer(200, { Match: { IsGenuine: true } }), nowMs)).toMatchObject({ ok: false });
  });

  it("faces are counted", () => {
    const two = answer(200, { DetectedFaces: { FaceNumber: 2, FaceRects: [] } });
    expect(readFaceCount(two, nowMs)).toEqual({ ok: true, value: { count: 2 } });
  });

  it("a quality report holds only what was assessed", () => {
    const report = {
      FaceImageConformed: -1,
      IsAllConformed: false,
      Requirements: { Blurred: { IsConformed: false, Confidence: 80 }, Hat_Cap: null },
    };
    expect(readIcao(answer(200, { ICAO: report }), nowMs)).toEqual({
      ok: true,
      value: {
        faceImageConformed: -1,
        allConformed: false,
        requirements: { Blurred: { conformed: false, confidence: 80 } },
      },
    });
  });
});
