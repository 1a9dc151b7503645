import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectRefusal, json, person, startTestSandbox, type TestSandbox } from "../testing/call-sandbox.ts";
import {
  blurredFace,
  pictureOfTwoFaces,
  pictureWithoutFace,
  render,
  sampleFace,
} from "../testing/sample-faces.ts";

const enrollUrl = "/multibiometrics/enroll";
const verifyUrl = "/multibiometrics/verify";
const updateUrl = "/multibiometrics/update";
const extractUrl = "/multibiometrics/extract";
const detectUrl = "/multibiometrics/face_detect";
const icaoUrl = "/quality/check_icao";

let sandbox: TestSandbox;
let face: Buffer;
let bitmap: Buffer;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  face = await sampleFace("A");
  bitmap = await render(face, { format: "bmp", width: 300, brightness: 1.2 });
  await sandbox.call("POST", enrollUrl, person("face-only", face));
}, 60_000);
afterAll(() => sandbox.close());

describe("images", () => {
  const invalid = "Invalid base64 string";
  const bad: [string, () => string | Promise<string>][] = [
    ["broken Base64", () => "not*base64"],
    ["Base64 of the wrong length", () => "AAAAA"],
    ["an empty string", () => ""],
    ["a data URI", () => `data:image/jpeg;base64,${face.toString("base64")}`],
    ["a text file", () => Buffer.from("Just words, no picture at all.").toString("base64")],
    ["WebP", async () => (await sharp(face).webp().toBuffer()).toString("base64")],
    ["TIFF", async () => (await sharp(face).tiff().toBuffer()).toString("base64")],
    ["a JPEG cut off", () => face.subarray(0, face.length / 2).toString("base64")],
    [
      "a PNG cut off",
      async () => (await render(face, { format: "png" })).subarray(0, 20_000).toString("base64"),
    ],
    ["a BMP cut off", () => bitmap.subarray(0, bitmap.length / 2).toString("base64")],
    ["a picture of 144 million pixels", async () => (await giant()).toString("base64")],
  ];
  test.each(bad)("%s is refused wherever an image is taken", async (_what, make) => {
    const image = await make();
    const asFace = { Person: { CustomID: "face-only", Face: [{ "Face-1": image }] } };
    await expectRefusal(sandbox, "POST", verifyUrl, asFace, invalid);
    await expectRefusal(sandbox, "PUT", updateUrl, asFace, invalid);
    await expectRefusal(
      sandbox,
      "POST",
      enrollUrl,
      { Person: { CustomID: "new", Fingers: [{ "Finger-1": image }] } },
      invalid,
    );
    await expectRefusal(
      sandbox,
      "POST",
      extractUrl,
      { Extract: { Type: "FACE", Format: "BIOPASS", Artifact: image } },
      invalid,
    );
    await expectRefusal(sandbox, "POST", detectUrl, { Check: { Image: image } }, invalid);
    await expectRefusal(sandbox, "POST", icaoUrl, { Check: { Image: image } }, invalid);
  });

  test("lying on their side are turned upright by their EXIF mark", async () => {
    const turned = await sharp(face).rotate(270).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const reply = await sandbox.call("POST", verifyUrl, person("face-only", turned));
    expect(json(reply)).toMatchObject({ Person: { Match: true } });
  });

  test("in Base64 with line breaks are read", async () => {
    const lines = face.toString("base64").replace(/.{76}/g, "$&\r\n");
    const reply = await sandbox.call("POST", detectUrl, { Check: { Image: lines } });
    expect(json(reply)).toMatchObject({ DetectedFaces: { FaceNumber: 1 } });
  });

  test("without a usable face are refused with the contract's words", async () => {
    const verifyWith = async (image: Promise<Buffer>) => person("face-only", await image);
    const plain = "Failed to extract template";
    await expectRefusal(sandbox, "POST", verifyUrl, await verifyWith(pictureWithoutFace()), plain);
    await expectRefusal(sandbox, "POST", verifyUrl, await verifyWith(blurredFace()), plain);
    await expectRefusal(
      sandbox,
      "POST",
      verifyUrl,
      person("face-only", undefined, { "Finger-1": face }),
      plain,
    );
    const several = "Failed to extract face template";
    await expectRefusal(sandbox, "POST", verifyUrl, await verifyWith(pictureOfTwoFaces()), several);
  });
});

function giant(): Promise<Buffer> {
  return sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: "#fff" } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}
