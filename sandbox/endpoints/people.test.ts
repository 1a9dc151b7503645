import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generatePrint } from "../fingers/generate-print.ts";
import { expectRefusal, json, person, startTestSandbox, type TestSandbox } from "../testing/call-sandbox.ts";
import { render, sampleFace } from "../testing/sample-faces.ts";

const enrollUrl = "/multibiometrics/enroll";
const verifyUrl = "/multibiometrics/verify";
const updateUrl = "/multibiometrics/update";
const deleteUrl = "/multibiometrics/delete";
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

describe("enroll", () => {
  test("answers the ids, with the CustomID as it was sent", async () => {
    const reply = await sandbox.call("POST", enrollUrl, person(" Odd ID/ü ", face));
    const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect(reply.status).toBe(200);
    expect(json(reply)).toEqual({ Person: { ClientID: uuid, CustomID: " Odd ID/ü ", BioPassID: uuid } });
  });

  test("refuses a CustomID in use, also when two requests race", async () => {
    await expectRefusal(sandbox, "POST", enrollUrl, person("both", face), "CustomID already exists");
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
    await expectRefusal(sandbox, "POST", enrollUrl, body, "Failed to extract template");
    await expectRefusal(sandbox, "POST", verifyUrl, person("half", face), "Person not found");
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
    await expectRefusal(sandbox, "POST", verifyUrl, person("nobody", face), "Person not found");
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
    await expectRefusal(sandbox, "DELETE", deleteUrl, body, "Person not found");
    await expectRefusal(sandbox, "PUT", updateUrl, person("gone", face), "Person not found");
    expect((await sandbox.call("POST", enrollUrl, person("gone", face))).status).toBe(200);
  });
});
