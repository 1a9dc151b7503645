import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { json, startTestSandbox, type TestSandbox } from "../testing/call-sandbox.ts";
import {
  blurredFace,
  pictureOfTwoFaces,
  pictureWithoutFace,
  render,
  sampleFace,
} from "../testing/sample-faces.ts";

const livenessUrl = "/multibiometrics/liveness";
const detectUrl = "/multibiometrics/face_detect";
const icaoUrl = "/quality/check_icao";

let sandbox: TestSandbox;
let face: Buffer;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  face = await sampleFace("A");
}, 60_000);
afterAll(() => sandbox.close());

describe("liveness, face_detect and check_icao", () => {
  const check = (image: Buffer) => ({ Check: { Image: image.toString("base64") } });

  test("liveness puts every error into the answer, with status 200", async () => {
    const rows: [unknown, string][] = [
      ["{", "Invalid JSON format"],
      [{}, "Invalid JSON format"],
      [{ Spoof: {} }, "Image (base64) not found"],
      [{ Spoof: { Image: "*" } }, "Invalid base64 string"],
      [{ Spoof: { Image: (await pictureWithoutFace()).toString("base64") } }, "No Faces Detected"],
      [{ Spoof: { Image: (await pictureOfTwoFaces()).toString("base64") } }, "Multiple Faces Detected"],
    ];
    for (const [body, result] of rows) {
      const reply = await sandbox.call("POST", livenessUrl, body);
      expect(reply.status).toBe(200);
      expect(json(reply)).toEqual({ Success: false, result, spoof: false });
    }
  });

  test("liveness of one face is Ok", async () => {
    const reply = await sandbox.call("POST", livenessUrl, { Spoof: { Image: face.toString("base64") } });
    expect(json(reply)).toEqual({ Success: true, result: "Ok", spoof: false });
  });

  test("face_detect counts faces and places them in the picture as sent", async () => {
    const none = await sandbox.call("POST", detectUrl, check(await pictureWithoutFace()));
    expect(json(none)).toEqual({ DetectedFaces: { FaceNumber: 0, FaceRects: [] } });
    const two = json(await sandbox.call("POST", detectUrl, check(await pictureOfTwoFaces())));
    expect(two).toMatchObject({ DetectedFaces: { FaceNumber: 2 } });
    const large = await sharp(face).resize({ width: 1600 }).jpeg().toBuffer();
    const one = json(await sandbox.call("POST", detectUrl, check(large))) as {
      DetectedFaces: { FaceRects: { width: number }[] };
    };
    expect(one.DetectedFaces.FaceRects[0]?.width).toBeGreaterThan(400);
  });

  const icao = async (image: Buffer) =>
    (json(await sandbox.call("POST", icaoUrl, check(image))) as { ICAO: IcaoAnswer }).ICAO;
  type IcaoAnswer = {
    FaceImageConformed: number;
    IsAllConformed: boolean;
    Requirements: Record<string, { IsConformed: boolean; Confidence: number }>;
  };

  test("check_icao passes a good face and leaves out what it does not measure", async () => {
    const report = await icao(await sampleFace("E"));
    expect(report).toMatchObject({ FaceImageConformed: 0, IsAllConformed: true });
    expect(Object.keys(report.Requirements).sort()).toEqual(
      [
        "Blurred",
        "DarkTintedLenses",
        "MouthOpen",
        "OtherFaces",
        "Pixelation",
        "Roll_Pitch_Yaw",
        "TooDarkLight",
        "VeilOverFace",
        "WashedOut",
      ].sort(),
    );
  });

  test("check_icao tells blur, darkness, glare, low resolution, a tilted head and other faces", async () => {
    const requirement = async (image: Buffer, name: string) =>
      (await icao(image)).Requirements[name]?.IsConformed;
    const good = await sampleFace("O");
    expect(await requirement(await blurredFace(), "Blurred")).toBe(false);
    expect(await requirement(await render(good, { format: "png", brightness: 0.3 }), "TooDarkLight")).toBe(
      false,
    );
    expect(await requirement(await render(good, { format: "png", brightness: 1.5 }), "WashedOut")).toBe(
      false,
    );
    expect(await requirement(await render(good, { format: "png", width: 110 }), "Pixelation")).toBe(false);
    expect(await requirement(await sharp(good).rotate(25).jpeg().toBuffer(), "Roll_Pitch_Yaw")).toBe(false);
    expect(await requirement(await pictureOfTwoFaces(), "OtherFaces")).toBe(false);
  });

  test("check_icao says where the face is missing or misplaced", async () => {
    const placed = async (left: number, top: number) => {
      const right = 900 - left;
      const bottom = 900 - top;
      const image = sharp(face).extend({ left, right, top, bottom, background: "#777" });
      return (await icao(await image.jpeg().toBuffer())).FaceImageConformed;
    };
    expect((await icao(await pictureWithoutFace())).FaceImageConformed).toBe(1);
    expect(await placed(0, 450)).toBe(7);
  });
});
