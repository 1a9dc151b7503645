import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generatePrint } from "./fingers/generate-print.ts";
import { json, person, startTestSandbox, type TestSandbox } from "./testing/call-sandbox.ts";
import {
  blurredFace,
  pictureOfTwoFaces,
  pictureWithoutFace,
  render,
  sampleFace,
} from "./testing/sample-faces.ts";

const enrollUrl = "/multibiometrics/enroll";
const verifyUrl = "/multibiometrics/verify";
const updateUrl = "/multibiometrics/update";
const deleteUrl = "/multibiometrics/delete";
const extractUrl = "/multibiometrics/extract";
const matchUrl = "/multibiometrics/match";
const livenessUrl = "/multibiometrics/liveness";
const detectUrl = "/multibiometrics/face_detect";
const icaoUrl = "/quality/check_icao";
const allFingers = Array.from({ length: 10 }, (_, i) => `Finger-${i + 1}`);

let sandbox: TestSandbox;
let face: Buffer;
let sameFace: Buffer;
let otherFace: Buffer;
let print: Buffer;
let otherPrint: Buffer;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  face = await sampleFace("A");
  sameFace = await render(face, { format: "bmp", width: 300, brightness: 1.2 });
  otherFace = await sampleFace("E");
  print = await generatePrint(1);
  otherPrint = await generatePrint(2);
  await sandbox.call("POST", enrollUrl, person("both", face, { "Finger-2": print, "Finger-3": otherPrint }));
  await sandbox.call("POST", enrollUrl, person("face-only", face));
}, 60_000);
afterAll(() => sandbox.close());

/** Expects a business error exactly as contract 5.1 has it: the bare message, as plain text. */
async function expectRefusal(method: string, url: string, body: unknown, message: string, status = 400) {
  const reply = await sandbox.call(method, url, body);
  expect(reply).toMatchObject({ status, text: message, type: "text/plain; charset=utf-8" });
}

describe("enroll", () => {
  test("answers the ids, with the CustomID as it was sent", async () => {
    const reply = await sandbox.call("POST", enrollUrl, person(" Odd ID/ü ", face));
    const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect(reply.status).toBe(200);
    expect(json(reply)).toEqual({ Person: { ClientID: uuid, CustomID: " Odd ID/ü ", BioPassID: uuid } });
  });

  test("refuses a CustomID in use, also when two requests race", async () => {
    await expectRefusal("POST", enrollUrl, person("both", face), "CustomID already exists");
    const race = await Promise.all(
      [1, 2, 3].map(() => sandbox.call("POST", enrollUrl, person("race", face))),
    );
    expect(race.map((reply) => reply.status).sort()).toEqual([200, 400, 400]);
  });

  test("takes an empty object in Fingers as absent", async () => {
    const body = {
      Person: { CustomID: "empty", Face: [{ "Face-1": face.toString("base64") }], Fingers: [{}] },
    };
    expect((await sandbox.call("POST", enrollUrl, body)).status).toBe(200);
  });

  test("keeps nothing when one of several captures is unusable", async () => {
    const blank = await sharp({ create: { width: 300, height: 400, channels: 3, background: "#fff" } })
      .png()
      .toBuffer();
    const body = person("half", face, { "Finger-1": blank });
    await expectRefusal("POST", enrollUrl, body, "Failed to extract template");
    await expectRefusal("POST", verifyUrl, person("half", face), "Person not found");
  });
});

describe("malformed requests", () => {
  const noImage = "Invalid JSON format";
  const rows: [string, string, string, unknown, string][] = [
    ["broken JSON", "POST", enrollUrl, '{"Person":', noImage],
    ["an empty body", "POST", enrollUrl, "", noImage],
    ["no Person", "POST", enrollUrl, {}, noImage],
    ["a wrong type", "POST", enrollUrl, { Person: { CustomID: 5 } }, noImage],
    ["no biometric", "POST", enrollUrl, person("x"), noImage],
    ["no biometric", "POST", verifyUrl, person("x"), noImage],
    ["no biometric", "PUT", updateUrl, person("x"), noImage],
    ["only an empty finger object", "POST", enrollUrl, { Person: { CustomID: "x", Fingers: [{}] } }, noImage],
    [
      "a second face",
      "POST",
      enrollUrl,
      { Person: { CustomID: "x", Face: [{ "Face-2": "AAAA" }] } },
      noImage,
    ],
    [
      "an eleventh finger",
      "POST",
      verifyUrl,
      { Person: { CustomID: "x", Fingers: [{ "Finger-11": "AAAA" }] } },
      noImage,
    ],
    ["wrong casing", "POST", enrollUrl, { person: { CustomID: "x" } }, noImage],
    ["a CustomID of 129 characters", "POST", enrollUrl, person("x".repeat(129)), noImage],
    ["no CustomID", "POST", enrollUrl, { Person: { Face: [{ "Face-1": "AAAA" }] } }, "CustomID is mandatory"],
    ["an empty CustomID", "POST", verifyUrl, person(""), "CustomID is mandatory"],
    ["no CustomID", "PUT", updateUrl, { Person: {} }, "CustomID is mandatory"],
    ["no CustomID", "DELETE", deleteUrl, { Person: {} }, "CustomID is mandatory"],
    ["no body", "DELETE", deleteUrl, undefined, noImage],
    [
      "an unknown template type",
      "POST",
      extractUrl,
      { Extract: { Type: "IRIS", Format: "BIOPASS", Artifact: "AAAA" } },
      noImage,
    ],
    [
      "an ISO format for a face",
      "POST",
      extractUrl,
      { Extract: { Type: "FACE", Format: "ANSI_INCITS_378", Artifact: "AAAA" } },
      noImage,
    ],
    [
      "one template",
      "POST",
      matchUrl,
      { Match: { Type: "FACE", Format: "BIOPASS", Artifact_A: "AAAA" } },
      noImage,
    ],
    ["no image", "POST", detectUrl, { Check: {} }, noImage],
    ["no image", "POST", icaoUrl, { Check: {} }, noImage],
  ];
  test.each(rows)(
    "%s (%s %s) is answered with its message in plain text",
    async (_what, method, url, body, message) => {
      await expectRefusal(method, url, body, message);
    },
  );

  test.each(["text/plain", "application/x-www-form-urlencoded"])("as %s is answered 415", async (type) => {
    const headers = { "ocp-apim-subscription-key": "test-key", "content-type": type };
    expect((await sandbox.call("POST", enrollUrl, "{}", { headers })).status).toBe(415);
  });

  test.each(["application/json-patch+json", "text/json", "application/hal+json; charset=utf-8"])(
    "as %s are read",
    async (type) => {
      const headers = { "ocp-apim-subscription-key": "test-key", "content-type": type };
      const reply = await sandbox.call("POST", enrollUrl, "{}", { headers });
      expect(reply).toMatchObject({ status: 400, text: "Invalid JSON format" });
    },
  );

  test("too large are answered 413 as the gateway would", async () => {
    const reply = await sandbox.call("POST", detectUrl, { Check: { Image: "A".repeat(17 * 1024 * 1024) } });
    expect(reply.status).toBe(413);
    expect(json(reply)).toMatchObject({ statusCode: 413 });
  });
});

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
    ["a BMP cut off", () => sameFace.subarray(0, sameFace.length / 2).toString("base64")],
    ["a picture of 144 million pixels", async () => (await giant()).toString("base64")],
  ];
  test.each(bad)("%s is refused wherever an image is taken", async (_what, make) => {
    const image = await make();
    const asFace = { Person: { CustomID: "face-only", Face: [{ "Face-1": image }] } };
    await expectRefusal("POST", verifyUrl, asFace, invalid);
    await expectRefusal("PUT", updateUrl, asFace, invalid);
    await expectRefusal(
      "POST",
      enrollUrl,
      { Person: { CustomID: "new", Fingers: [{ "Finger-1": image }] } },
      invalid,
    );
    await expectRefusal(
      "POST",
      extractUrl,
      { Extract: { Type: "FACE", Format: "BIOPASS", Artifact: image } },
      invalid,
    );
    await expectRefusal("POST", detectUrl, { Check: { Image: image } }, invalid);
    await expectRefusal("POST", icaoUrl, { Check: { Image: image } }, invalid);
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
    await expectRefusal("POST", verifyUrl, await verifyWith(pictureWithoutFace()), plain);
    await expectRefusal("POST", verifyUrl, await verifyWith(blurredFace()), plain);
    await expectRefusal("POST", verifyUrl, person("face-only", undefined, { "Finger-1": face }), plain);
    const several = "Failed to extract face template";
    await expectRefusal("POST", verifyUrl, await verifyWith(pictureOfTwoFaces()), several);
  });
});

describe("verify", () => {
  const ask = async (body: object) => json(await sandbox.call("POST", verifyUrl, body));

  test("accepts the same face in another rendition and lists every finger, none being sent", async () => {
    expect(await ask(person("face-only", sameFace))).toEqual({
      Person: {
        CustomID: "face-only",
        Match: true,
        MatchDetails: { FaceMatched: true, NonMatchedFingers: allFingers },
      },
    });
  });

  test("answers another face with 200 and no match", async () => {
    const reply = await sandbox.call("POST", verifyUrl, person("face-only", otherFace));
    expect(reply.status).toBe(200);
    expect(json(reply)).toMatchObject({ Person: { Match: false, MatchDetails: { FaceMatched: false } } });
  });

  test("matches on fingers alone with FaceMatched false, listing the fingers not sent", async () => {
    expect(await ask(person("both", undefined, { "Finger-2": print }))).toMatchObject({
      Person: {
        Match: true,
        MatchDetails: {
          FaceMatched: false,
          NonMatchedFingers: allFingers.filter((key) => key !== "Finger-2"),
        },
      },
    });
  });

  test("demands that everything sent matches", async () => {
    const mixed = await ask(person("both", sameFace, { "Finger-2": print, "Finger-3": print }));
    expect(mixed).toMatchObject({ Person: { Match: false, MatchDetails: { FaceMatched: true } } });
  });

  test("never matches a finger that was not enrolled", async () => {
    expect(await ask(person("face-only", undefined, { "Finger-2": print }))).toMatchObject({
      Person: { Match: false },
    });
  });

  test("of an unknown person says so", async () => {
    await expectRefusal("POST", verifyUrl, person("nobody", face), "Person not found");
  });
});

describe("update and delete", () => {
  test("update replaces only what is sent", async () => {
    await sandbox.call("POST", enrollUrl, person("merge", face, { "Finger-2": print }));
    const reply = await sandbox.call("PUT", updateUrl, person("merge", otherFace));
    expect(reply.status).toBe(200);
    const after = await sandbox.call("POST", verifyUrl, person("merge", otherFace, { "Finger-2": print }));
    expect(json(after)).toMatchObject({ Person: { Match: true } });
    const before = await sandbox.call("POST", verifyUrl, person("merge", face));
    expect(json(before)).toMatchObject({ Person: { Match: false } });
  });

  test("delete takes its JSON body, a second one finds nobody, and the id is free again", async () => {
    await sandbox.call("POST", enrollUrl, person("gone", face));
    const body = { Person: { CustomID: "gone" } };
    expect(json(await sandbox.call("DELETE", deleteUrl, body))).toEqual(body);
    await expectRefusal("DELETE", deleteUrl, body, "Person not found");
    await expectRefusal("PUT", updateUrl, person("gone", face), "Person not found");
    expect((await sandbox.call("POST", enrollUrl, person("gone", face))).status).toBe(200);
  });
});

describe("extract and match", () => {
  const template = async (image: Buffer, Type: string, Format = "BIOPASS") => {
    const body = { Extract: { Type, Format, Artifact: image.toString("base64") } };
    const answer = json(await sandbox.call("POST", extractUrl, body)) as { Extract: { Template: string } };
    return answer.Extract.Template;
  };
  const compare = (Type: string, a: string, b: string, Format = "BIOPASS") => ({
    Match: { Type, Format, Artifact_A: a, Artifact_B: b },
  });

  test("score two templates of one face above the threshold, of two people below", async () => {
    const [a, same, other] = [
      await template(face, "FACE"),
      await template(sameFace, "FACE"),
      await template(otherFace, "FACE"),
    ];
    const genuine = json(await sandbox.call("POST", matchUrl, compare("FACE", a, same)));
    expect(genuine).toEqual({ Match: { IsGenuine: true, Score: expect.any(Number) } });
    const impostor = json(await sandbox.call("POST", matchUrl, compare("FACE", a, other)));
    expect(impostor).toMatchObject({ Match: { IsGenuine: false } });
    expect(json(await sandbox.call("POST", matchUrl, compare("FACE", a, a)))).toEqual({
      Match: { IsGenuine: true, Score: 100 },
    });
  });

  test("compare fingers under every format name", async () => {
    for (const format of ["BIOPASS", "ISO_IEC_2005_19794_2", "ISO_IEC_2011_19794_2", "ANSI_INCITS_378"]) {
      const a = await template(print, "FINGER", format);
      const reply = await sandbox.call("POST", matchUrl, compare("FINGER", a, a, format));
      expect(json(reply)).toEqual({ Match: { IsGenuine: true, Score: 100 } });
    }
  });

  test("refuse an image, another kind and broken Base64 as template", async () => {
    const a = await template(face, "FACE");
    const image = face.toString("base64");
    await expectRefusal("POST", matchUrl, compare("FACE", a, image), "Failed to extract template");
    await expectRefusal("POST", matchUrl, compare("FINGER", a, a), "Failed to extract template");
    await expectRefusal("POST", matchUrl, compare("FACE", a, "*"), "Invalid base64 string");
  });
});

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
        "MouthOpen",
        "OtherFaces",
        "Pixelation",
        "Roll_Pitch_Yaw",
        "TooDarkLight",
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

describe("the gateway in front", () => {
  const missing =
    "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.";
  const invalid =
    "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.";

  test("refuses a request without a key or with a wrong one, whatever the endpoint", async () => {
    const routes = [enrollUrl, verifyUrl, extractUrl, matchUrl, livenessUrl, detectUrl, icaoUrl].map(
      (url) => ["POST", url],
    );
    for (const [method = "", url = ""] of [...routes, ["PUT", updateUrl], ["DELETE", deleteUrl]]) {
      const without = await sandbox.call(method, url, "{}", { headers: {} });
      expect(without.status).toBe(401);
      expect(json(without)).toEqual({ statusCode: 401, message: missing });
      const wrong = await sandbox.call(method, url, "{}", {
        headers: { "ocp-apim-subscription-key": "other" },
      });
      expect(wrong.status).toBe(401);
      expect(json(wrong)).toEqual({ statusCode: 401, message: invalid });
    }
  });

  test("answers an unknown path or method as not found", async () => {
    for (const [method = "", url = ""] of [
      ["POST", "/multibiometrics/identify"],
      ["GET", enrollUrl],
      ["POST", deleteUrl],
    ]) {
      const reply = await sandbox.call(method, url);
      expect(reply.status).toBe(404);
      expect(json(reply)).toEqual({ statusCode: 404, message: "Resource not found" });
    }
  });

  test("shows its health and counts without a key, and no names", async () => {
    expect(json(await sandbox.call("GET", "/health", undefined, { headers: {} }))).toEqual({
      status: "ok",
      people: expect.any(Number),
    });
    const page = await sandbox.call("GET", "/", undefined, { headers: {} });
    expect(page.text).not.toContain("face-only");
  });
});

function giant(): Promise<Buffer> {
  return sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: "#fff" } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}
