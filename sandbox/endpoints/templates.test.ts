import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generatePrint } from "../fingers/generate-print.ts";
import { expectRefusal, json, startTestSandbox, type TestSandbox } from "../testing/call-sandbox.ts";
import { render, sampleFace } from "../testing/sample-faces.ts";

const extractUrl = "/multibiometrics/extract";
const matchUrl = "/multibiometrics/match";

let sandbox: TestSandbox;
let face: Buffer;
let sameFace: Buffer;
let otherFace: Buffer;
let print: Buffer;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  face = await sampleFace("A");
  sameFace = await render(face, { format: "bmp", width: 300, brightness: 1.2 });
  otherFace = await sampleFace("E");
  print = await generatePrint(1);
}, 60_000);
afterAll(() => sandbox.close());

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
    await expectRefusal(sandbox, "POST", matchUrl, compare("FACE", a, image), "Failed to extract template");
    await expectRefusal(sandbox, "POST", matchUrl, compare("FINGER", a, a), "Failed to extract template");
    await expectRefusal(sandbox, "POST", matchUrl, compare("FACE", a, "*"), "Invalid base64 string");
  });
});
