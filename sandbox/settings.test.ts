import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generatePrint } from "./fingers/generate-print.ts";
import { json, person, startTestSandbox, type TestSandbox } from "./testing/call-sandbox.ts";
import { pictureOfTwoFaces, pictureWithoutFace, render, sampleFace } from "./testing/sample-faces.ts";

const enrollUrl = "/multibiometrics/enroll";
const verifyUrl = "/multibiometrics/verify";

describe("with every choice turned over, the sandbox", () => {
  let sandbox: TestSandbox;
  let face: Buffer;
  let print: Buffer;

  beforeAll(async () => {
    sandbox = await startTestSandbox({
      qualityApiKey: "quality-key",
      settings: {
        acceptedContentTypes: ["application/json", "text/plain"],
        tolerateDataUri: true,
        customIdMaxLength: 10,
        mergeBiometricObjects: false,
        emptyFingersAreAbsent: false,
        sendClientId: false,
        unusableCapture: "keep_usable",
        listFingersNotSent: false,
        matchRule: "any",
        notEnrolled: "ignored",
        sendSuccess: true,
        updateReplaces: "everything",
        reenrollAfterDelete: false,
        livenessErrorStatus: 400,
        spoof: true,
        icaoStated: { Hat_Cap: { IsConformed: false, Confidence: 97 } },
        errorContentType: "text/html",
        personNotFoundStatus: 404,
        unusableFaceMessage: "Failed to extract face template",
        severalFacesMessage: "Failed to extract template",
      },
    });
    face = await sampleFace("A");
    print = await generatePrint(1);
    await sandbox.call("POST", enrollUrl, person("p", face, { "Finger-1": print }));
  }, 30_000);
  afterAll(() => sandbox.close());

  test("answers enroll with Success and without ClientID", async () => {
    const reply = await sandbox.call("POST", enrollUrl, person("short", face));
    expect(json(reply)).toEqual({
      Success: true,
      Person: { CustomID: "short", BioPassID: expect.any(String) },
    });
  });

  test("lists only fingers sent, takes any match, and ignores what was never enrolled", async () => {
    const other = await generatePrint(2);
    const reply = await sandbox.call(
      "POST",
      verifyUrl,
      person("p", face, { "Finger-1": other, "Finger-2": print }),
    );
    expect(json(reply)).toMatchObject({
      Person: {
        Match: true,
        MatchDetails: { FaceMatched: true, NonMatchedFingers: ["Finger-1", "Finger-2"] },
      },
    });
  });

  test("never matches when nothing sent was enrolled", async () => {
    const reply = await sandbox.call("POST", verifyUrl, person("p", undefined, { "Finger-9": print }));
    expect(json(reply)).toMatchObject({ Person: { Match: false } });
  });

  test("refuses what it took before, and takes what it refused", async () => {
    const image = face.toString("base64");
    const twice = { Person: { CustomID: "q", Fingers: [{ "Finger-1": image }, { "Finger-2": image }] } };
    const empty = { Person: { CustomID: "q", Face: [{ "Face-1": image }], Fingers: [{}] } };
    for (const body of [twice, empty, person("eleven-long", face)]) {
      expect(await sandbox.call("POST", enrollUrl, body)).toMatchObject({
        text: "Invalid JSON format",
        type: "text/html",
      });
    }
    const uri = { Person: { CustomID: "p", Face: [{ "Face-1": `data:image/jpeg;base64,${image}` }] } };
    expect(json(await sandbox.call("POST", verifyUrl, uri))).toMatchObject({ Person: { Match: true } });
  });

  test("says unusable faces and unknown people the other way", async () => {
    const none = await sandbox.call("POST", verifyUrl, person("p", await pictureWithoutFace()));
    expect(none.text).toBe("Failed to extract face template");
    const two = await sandbox.call("POST", verifyUrl, person("p", await pictureOfTwoFaces()));
    expect(two.text).toBe("Failed to extract template");
    expect(await sandbox.call("POST", verifyUrl, person("nobody", face))).toMatchObject({
      status: 404,
      text: "Person not found",
    });
  });

  test("keeps the usable captures of an enrolment", async () => {
    const reply = await sandbox.call("POST", enrollUrl, person("half", face, { "Finger-1": face }));
    expect(reply.status).toBe(200);
    expect(json(await sandbox.call("POST", verifyUrl, person("half", face)))).toMatchObject({
      Person: { Match: true },
    });
  });

  test("replaces the whole record on update", async () => {
    await sandbox.call("POST", enrollUrl, person("whole", face, { "Finger-1": print }));
    await sandbox.call("PUT", "/multibiometrics/update", person("whole", face));
    const reply = await sandbox.call("POST", verifyUrl, person("whole", undefined, { "Finger-1": print }));
    expect(json(reply)).toMatchObject({ Person: { Match: false } });
  });

  test("bars an erased CustomID for good", async () => {
    await sandbox.call("POST", enrollUrl, person("erased", face));
    await sandbox.call("DELETE", "/multibiometrics/delete", { Person: { CustomID: "erased" } });
    expect((await sandbox.call("POST", enrollUrl, person("erased", face))).text).toBe(
      "CustomID already exists",
    );
  });

  test("plays a presentation attack, and liveness errors with status 400", async () => {
    const url = "/multibiometrics/liveness";
    const live = await sandbox.call("POST", url, { Spoof: { Image: face.toString("base64") } });
    expect(json(live)).toEqual({ Success: true, result: "Ok", spoof: true });
    expect((await sandbox.call("POST", url, { Spoof: {} })).status).toBe(400);
  });

  test("opens the quality package only with its own key, and states requirements it cannot measure", async () => {
    const body = { Check: { Image: face.toString("base64") } };
    expect((await sandbox.call("POST", "/quality/check_icao", body)).status).toBe(401);
    const headers = { "ocp-apim-subscription-key": "quality-key" };
    const report = await sandbox.call("POST", "/quality/check_icao", body, { headers });
    expect(json(report)).toMatchObject({
      ICAO: { IsAllConformed: false, Requirements: { Hat_Cap: { IsConformed: false, Confidence: 97 } } },
    });
    expect((await sandbox.call("POST", verifyUrl, "{}", { headers })).status).toBe(401);
  });
});

test("templates outlive a restart, half-written files do not, and no picture is kept", async () => {
  const face = await sampleFace("E");
  const first = await startTestSandbox();
  await first.call("POST", enrollUrl, person("kept", face, { "Finger-4": await generatePrint(4) }));
  await first.call("POST", enrollUrl, person("erased", face));
  await first.call("DELETE", "/multibiometrics/delete", { Person: { CustomID: "erased" } });
  const folder = path.join(first.dataDir, "people");
  const [file = ""] = await readdir(folder);
  const text = await readFile(path.join(folder, file), "utf8");
  expect(text).not.toContain(face.toString("base64", 0, 300).slice(0, 200));
  expect(text.length).toBeLessThan(10_000);
  await writeFile(path.join(folder, "torn.json.part"), text.slice(0, 50));

  const second = await startTestSandbox({ dataDir: first.dataDir });
  try {
    expect(await readdir(folder)).toEqual([file]);
    expect(json(await second.call("GET", "/health"))).toEqual({ status: "ok", people: 1 });
    const again = await render(face, { format: "png", width: 320 });
    const reply = await second.call(
      "POST",
      verifyUrl,
      person("kept", again, { "Finger-4": await generatePrint(4) }),
    );
    expect(json(reply)).toMatchObject({ Person: { Match: true } });
  } finally {
    await second.close();
    await first.close();
  }
}, 30_000);
