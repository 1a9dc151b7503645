import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectRefusal, json, person, startTestSandbox, type TestSandbox } from "./testing/call-sandbox.ts";

const enrollUrl = "/multibiometrics/enroll";
const verifyUrl = "/multibiometrics/verify";
const updateUrl = "/multibiometrics/update";
const deleteUrl = "/multibiometrics/delete";
const extractUrl = "/multibiometrics/extract";
const matchUrl = "/multibiometrics/match";
const livenessUrl = "/multibiometrics/liveness";
const detectUrl = "/multibiometrics/face_detect";
const icaoUrl = "/quality/check_icao";

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
}, 60_000);
afterAll(() => sandbox.close());

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
      await expectRefusal(sandbox, method, url, body, message);
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
