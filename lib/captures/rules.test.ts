import { describe, expect, test } from "vitest";
import type { IcaoReport } from "#lib/multibiometrics/types.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { faultOf, modalityOf, readCapture, readPicture, refusedQuality } from "./rules.ts";
import { MAX_PICTURE_BYTES } from "./types.ts";

const of = (...bytes: number[]) => Buffer.from([...bytes, ...Array(24).fill(1)]).toString("base64");
const jpeg = of(0xff, 0xd8, 0xff, 0xe0);
const png = of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const bmp = of(0x42, 0x4d);

describe("readPicture", () => {
  test.each([
    ["a JPG", jpeg, jpeg],
    ["a PNG", png, png],
    ["a BMP", bmp, bmp],
    ["a data URI", `data:image/png;base64,${png}`, png],
    ["line breaks", `${jpeg.slice(0, 12)}\r\n${jpeg.slice(12)}\n`, jpeg],
  ])("takes %s as bare Base64", (_, sent, base64) => {
    expect(readPicture(sent)).toEqual({ ok: true, base64 });
  });

  test.each([
    ["nothing", "", "no_capture"],
    ["spaces", " \n ", "no_capture"],
    ["an empty data URI", "data:image/jpeg;base64,", "no_capture"],
    ["signs that are no Base64", `${jpeg.slice(0, -4)}%%%%`, "base64_invalid"],
    ["Base64 with a piece missing", jpeg.slice(0, -1), "base64_invalid"],
    ["a data URI that is not Base64", "data:text/plain,hello", "base64_invalid"],
    ["a WebP", Buffer.from("RIFF....WEBPVP8 ").toString("base64"), "image_invalid"],
    ["a GIF", Buffer.from("GIF89a-and-so-on").toString("base64"), "image_invalid"],
    ["a TIFF", of(0x49, 0x49, 0x2a, 0), "image_invalid"],
    ["a text", Buffer.from("Dear sir or madam").toString("base64"), "image_invalid"],
  ])("refuses %s", (_, sent, problem) => {
    expect(readPicture(sent)).toEqual({ ok: false, problem });
  });

  test("takes 800 KiB and refuses a byte more", () => {
    const exact = Buffer.alloc(MAX_PICTURE_BYTES, 1);
    exact.set([0xff, 0xd8, 0xff]);
    expect(readPicture(exact.toString("base64")).ok).toBe(true);
    const more = Buffer.concat([exact, Buffer.alloc(3)]).toString("base64");
    expect(readPicture(more)).toEqual({ ok: false, problem: "image_too_large" });
  });
});

describe("readCapture", () => {
  test("sorts fingers by position and keeps only what was sent", () => {
    expect(readCapture({ fingers: { "10": jpeg, "2": png } })).toEqual({
      ok: true,
      capture: { fingerNumbers: [2, 10], fingers: { 2: png, 10: jpeg } },
    });
  });
  test("names the first problem, and what was meant to be sent", () => {
    expect(readCapture({ face: jpeg, fingers: { "7": "%" } })).toEqual({
      ok: false,
      problem: "base64_invalid",
      modality: "face_and_fingers",
      fingers: [7],
    });
  });
  test("counts modalities as the history does", () => {
    expect(modalityOf(true, [])).toBe("face");
    expect(modalityOf(false, [1])).toBe("fingers");
    expect(modalityOf(true, [1])).toBe("face_and_fingers");
  });
});

const report = (faceImageConformed: number, ...failed: string[]): IcaoReport => ({
  faceImageConformed,
  allConformed: failed.length === 0,
  requirements: Object.fromEntries(failed.map((name) => [name, { conformed: false, confidence: 80 }])),
});
const everything = {
  qualityMinConfidence: 50,
  refuse: {
    ...{ blurred: true, tooDark: true, tooBright: true, lookingAway: true, glasses: true },
    ...{ headCovered: true, faceCovered: true, mouthOpen: true, eyesClosed: true },
  },
};

describe("refusedQuality", () => {
  test.each([
    [report(1), "no_face"],
    [report(2), "no_face"],
    [report(3), "face_off_centre"],
    [report(4), "face_off_centre"],
    [report(5), "face_off_centre"],
    [report(6), "face_off_centre"],
    [report(7), "face_too_far"],
    [report(0, "OtherFaces"), "several_faces"],
    [report(0, "TooDarkLight"), "too_dark"],
    [report(0, "WashedOut"), "too_bright"],
    [report(0, "Blurred"), "blurred"],
    [report(0, "LookingAway"), "looking_away"],
    [report(0, "Roll_Pitch_Yaw"), "looking_away"],
    [report(0, "VeilOverFace"), "face_covered"],
    [report(0, "HairAcrossEyes"), "face_covered"],
    [report(0, "EyesClosed"), "eyes_closed"],
    [report(0, "DarkTintedLenses"), "glasses"],
    [report(0, "FramesTooHeavy"), "glasses"],
    [report(0, "Hat_Cap"), "head_covered"],
    [report(0, "MouthOpen"), "mouth_open"],
    [report(0, "InkMarked", "RedEyes", "VariedBackground"), null],
    [report(-1), null],
    [report(0, "Hat_Cap", "TooDarkLight"), "too_dark"],
  ])("%j is refused as %s by the strictest policy", (given, fault) => {
    expect(refusedQuality(given, everything)).toBe(fault);
  });
  test("glasses, hats and smiles are fine unless the policy says otherwise", () => {
    const many = report(0, "DarkTintedLenses", "Hat_Cap", "MouthOpen", "LookingAway", "EyesClosed");
    expect(refusedQuality(many, DEFAULT_POLICY_VALUES)).toBeNull();
  });
});

describe("faultOf", () => {
  const nothing = { faces: null, report: null, liveness: null };
  test.each([
    [nothing, "capture_unusable"],
    [{ ...nothing, faces: 0 }, "no_face"],
    [{ ...nothing, faces: 2 }, "several_faces"],
    [{ ...nothing, liveness: "no_face" as const }, "no_face"],
    [{ ...nothing, liveness: "several_faces" as const }, "several_faces"],
    [{ ...nothing, faces: 1 }, "capture_unusable"],
    [{ ...nothing, report: report(1) }, "no_face"],
    [{ ...nothing, faces: 1, report: report(7) }, "face_too_far"],
    [{ ...nothing, faces: 1, report: report(0, "Blurred") }, "blurred"],
    [{ ...nothing, faces: 1, report: report(1, "TooDarkLight") }, "too_dark"],
    [{ ...nothing, faces: 1, report: report(0) }, "capture_unusable"],
  ])("%j is told as %s", (findings, fault) => {
    expect(faultOf(findings)).toBe(fault);
  });
});
