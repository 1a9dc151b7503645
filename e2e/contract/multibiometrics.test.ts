import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createMultibiometrics, type MultibiometricsOptions } from "#lib/multibiometrics/client.ts";
import { remedyOf } from "#lib/multibiometrics/remedies.ts";
import type { ApiFailureCode, ApiResult, Multibiometrics } from "#lib/multibiometrics/types.ts";
import type { FaultPlan } from "#sandbox/faults.ts";
import { generatePrint } from "#sandbox/fingers/generate-print.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import {
  blurredFace,
  pictureOfTwoFaces,
  pictureWithoutFace,
  render,
  sampleFace,
} from "#sandbox/testing/sample-faces.ts";

const apiKey = "sample-key-of-people";
const qualityApiKey = "sample-key-of-quality";
const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-contract-"));
const clients: Multibiometrics[] = [];
const figures: string[] = [];
const patient = { totalTimeoutMs: 15_000 };
const noBreaker = { minimumCalls: 20, windowCalls: 20 };

let sandbox: Sandbox;
let faceA: string;
let faceAOtherwise: string;
let faceB: string;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, apiKey, qualityApiKey, dataDir: join(dataDir, "default") });
  const [a, b] = await Promise.all([sampleFace("A"), sampleFace("B")]);
  faceA = a.toString("base64");
  faceB = b.toString("base64");
  faceAOtherwise = (await render(a, { format: "png", width: 300, brightness: 1.15 })).toString("base64");
});

afterEach(async () => {
  await setFaults({});
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

afterAll(async () => {
  await sandbox?.close();
  rmSync(dataDir, { recursive: true, force: true });
  process.stdout.write(`${figures.map((line) => `  multibiometrics: ${line}`).join("\n")}\n`);
});

function connect(options: Partial<MultibiometricsOptions> = {}): Multibiometrics {
  const client = createMultibiometrics({ url: sandbox.url, apiKey, qualityApiKey, ...patient, ...options });
  clients.push(client);
  return client;
}

async function setFaults(plan: FaultPlan): Promise<void> {
  const response = await fetch(`${sandbox.url}/__sandbox/faults`, {
    method: "PUT",
    headers: { "ocp-apim-subscription-key": apiKey, "content-type": "application/json" },
    body: JSON.stringify(plan),
  });
  expect(response.status).toBe(200);
}

let people = 0;
const newId = () => `contract-${++people}`;

async function enrolled(client: Multibiometrics): Promise<string> {
  const customId = newId();
  expect(await client.enroll(customId, { face: faceA })).toMatchObject({ ok: true });
  return customId;
}

describe("the life of a person", () => {
  test("from enrolment over login and recapture to deletion", async () => {
    const client = connect();
    const customId = newId();
    const made = await client.enroll(customId, { face: faceA });
    expect(made).toMatchObject({ ok: true, value: { customId, bioPassId: expect.any(String) } });
    expect(await client.verify(customId, { face: faceAOtherwise })).toMatchObject({
      ok: true,
      value: {
        match: true,
        faceMatched: true,
        nonMatchedFingers: [],
        listedFingers: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      },
    });
    expect(await client.verify(customId, { face: faceB })).toMatchObject({
      ok: true,
      value: { match: false },
    });
    expect(await client.update(customId, { face: faceB })).toMatchObject({ ok: true, value: { customId } });
    expect(await client.verify(customId, { face: faceB })).toMatchObject({
      ok: true,
      value: { match: true },
    });
    expect(await client.delete(customId)).toMatchObject({ ok: true, value: { customId } });
    expect(await client.verify(customId, { face: faceB })).toMatchObject({ code: "person_not_found" });
  });

  test("fingers are compared beside a face, and only those sent are counted as not matched", async () => {
    const client = connect();
    const customId = newId();
    const [right, left, other] = (await Promise.all([1, 2, 3].map(generatePrint))).map((print) =>
      print.toString("base64"),
    );
    const made = await client.enroll(customId, { face: faceA, fingers: { 2: right ?? "", 7: left ?? "" } });
    expect(made).toMatchObject({ ok: true });
    expect(await client.verify(customId, { fingers: { 2: right ?? "" } })).toMatchObject({
      ok: true,
      value: { match: true, faceMatched: false, nonMatchedFingers: [] },
    });
    const mixed = { face: faceAOtherwise, fingers: { 2: right ?? "", 7: other ?? "" } };
    expect(await client.verify(customId, mixed)).toMatchObject({
      ok: true,
      value: { match: false, faceMatched: true, nonMatchedFingers: [7] },
    });
  });

  test("two captures are compared by the templates made of them", async () => {
    const client = connect();
    const templates = [];
    for (const face of [faceA, faceAOtherwise, faceB]) {
      const extracted = await client.extract("FACE", face);
      templates.push(extracted.ok ? extracted.value.template : "");
    }
    const [a = "", aOtherwise = "", b = ""] = templates;
    expect(await client.match("FACE", a, aOtherwise)).toMatchObject({ ok: true, value: { genuine: true } });
    expect(await client.match("FACE", a, b)).toMatchObject({ ok: true, value: { genuine: false } });
  });

  test("a picture is looked at before it is used", async () => {
    const client = connect();
    const [nobody, two] = (await Promise.all([pictureWithoutFace(), pictureOfTwoFaces()])).map((picture) =>
      picture.toString("base64"),
    );
    expect(await client.checkLiveness(faceA)).toMatchObject({
      ok: true,
      value: { result: "ok", live: true },
    });
    expect(await client.checkLiveness(nobody ?? "")).toMatchObject({
      value: { result: "no_face", live: false },
    });
    expect(await client.checkLiveness(two ?? "")).toMatchObject({ value: { result: "several_faces" } });
    expect(await client.detectFaces(two ?? "")).toMatchObject({ ok: true, value: { count: 2 } });
    const report = await client.checkIcao(faceA);
    expect(report).toMatchObject({ ok: true, value: { faceImageConformed: expect.any(Number) } });
    expect(report.ok && Object.keys(report.value.requirements).length).toBeGreaterThan(0);
  });
});

describe("every row of the error tables has its code and its remedy", () => {
  type Row = {
    what: string;
    call: (client: Multibiometrics) => Promise<ApiResult<unknown>>;
    code: ApiFailureCode;
    remedy: string;
    /** What the call facts keep of the API's words: a text, null, or a matcher. */
    message: unknown;
    options?: Partial<MultibiometricsOptions>;
    path?: string;
  };
  const text = Buffer.from("not a picture").toString("base64");
  const unauthorized = /^Access denied due to invalid subscription key/;
  const rows: Row[] = [
    {
      what: "no biometric",
      call: (c) => c.enroll(newId(), {}),
      code: "request_invalid",
      remedy: "fix_request",
      message: "Invalid JSON format",
    },
    {
      what: "no CustomID",
      call: (c) => c.verify("", { face: faceA }),
      code: "custom_id_missing",
      remedy: "fix_request",
      message: "CustomID is mandatory",
    },
    {
      what: "an id in use",
      call: async (c) => c.enroll(await enrolled(c), { face: faceA }),
      code: "custom_id_exists",
      remedy: "use_other_id",
      message: "CustomID already exists",
    },
    {
      what: "verify of nobody",
      call: (c) => c.verify(newId(), { face: faceA }),
      code: "person_not_found",
      remedy: "enroll_first",
      message: "Person not found",
    },
    {
      what: "update of nobody",
      call: (c) => c.update(newId(), { face: faceA }),
      code: "person_not_found",
      remedy: "enroll_first",
      message: "Person not found",
    },
    {
      what: "deletion of nobody",
      call: (c) => c.delete(newId()),
      code: "person_not_found",
      remedy: "enroll_first",
      message: "Person not found",
    },
    {
      what: "no face",
      call: async (c) => c.enroll(newId(), { face: (await pictureWithoutFace()).toString("base64") }),
      code: "capture_unusable",
      remedy: "capture_again",
      message: "Failed to extract template",
    },
    {
      what: "a blurred face",
      call: async (c) => c.enroll(newId(), { face: (await blurredFace()).toString("base64") }),
      code: "capture_unusable",
      remedy: "capture_again",
      message: "Failed to extract template",
    },
    {
      what: "two faces",
      call: async (c) => c.enroll(newId(), { face: (await pictureOfTwoFaces()).toString("base64") }),
      code: "capture_unusable",
      remedy: "capture_again",
      message: "Failed to extract face template",
    },
    {
      what: "a text file",
      call: (c) => c.enroll(newId(), { face: text }),
      code: "image_invalid",
      remedy: "reencode_image",
      message: "Invalid base64 string",
    },
    {
      what: "broken Base64",
      call: (c) => c.extract("FACE", "%%%"),
      code: "image_invalid",
      remedy: "reencode_image",
      message: "Invalid base64 string",
    },
    {
      what: "liveness of a text file",
      call: (c) => c.checkLiveness(text),
      code: "image_invalid",
      remedy: "reencode_image",
      message: "Invalid base64 string",
    },
    {
      what: "liveness of nothing",
      call: (c) => c.checkLiveness(""),
      code: "image_missing",
      remedy: "fix_request",
      message: "Image (base64) not found",
    },
    {
      what: "a picture given to match",
      call: (c) => c.match("FACE", faceA, faceB),
      code: "capture_unusable",
      remedy: "capture_again",
      message: "Failed to extract template",
    },
    {
      what: "20 MB",
      call: (c) => c.enroll(newId(), { face: "A".repeat(20 * 1024 * 1024) }),
      code: "image_too_large",
      remedy: "shrink_image",
      message: null,
    },
    {
      what: "a wrong key",
      call: (c) => c.verify(newId(), { face: faceA }),
      code: "unauthorized",
      remedy: "service_check_key",
      message: expect.stringMatching(unauthorized),
      options: { apiKey: "wrong" },
    },
    {
      what: "a key not meant for quality",
      call: (c) => c.checkIcao(faceA),
      code: "unauthorized",
      remedy: "service_check_key",
      message: expect.stringMatching(unauthorized),
      options: { qualityApiKey: apiKey },
    },
    {
      what: "a wrong path",
      call: (c) => c.delete(newId()),
      code: "endpoint_missing",
      remedy: "service_check_address",
      message: "Resource not found",
      path: "/nowhere",
    },
  ];

  test.each(rows)("$what", async ({ call, code, remedy, message, options, path = "" }) => {
    const url = `${sandbox.url}${path}`;
    const result = await call(connect({ ...options, url }));
    expect(result).toMatchObject({ ok: false, code, call: { message } });
    expect(remedyOf(code)).toBe(remedy);
    expect(JSON.stringify(result)).not.toMatch(/contract-|sample-key/);
  });
});

describe("every fault of the service ends within the time, with its own code", () => {
  const budgetMs = 800;
  const rows: [string, NonNullable<FaultPlan["*"]>, ApiFailureCode][] = [
    ["a slow answer", { kind: "latency", ms: 5_000 }, "timed_out"],
    ["401", { kind: "unauthorized" }, "unauthorized"],
    ["403", { kind: "quota" }, "quota_exhausted"],
    ["429", { kind: "rate_limit", retryAfterSeconds: 30 }, "rate_limited"],
    ["500", { kind: "server_error" }, "server_error"],
    ["503", { kind: "server_error", status: 503 }, "server_error"],
    ["an unknown text", { kind: "plain_text" }, "refused_other"],
    ["an unknown text with status 200", { kind: "plain_text", status: 200 }, "answer_unreadable"],
    ["garbage", { kind: "garbage" }, "answer_unreadable"],
    ["a dropped connection", { kind: "drop" }, "unreachable"],
    ["a half-open connection", { kind: "half_open" }, "timed_out"],
    ["a slow drip", { kind: "slow_drip", ms: 100 }, "timed_out"],
  ];

  test.each(rows)("%s", async (what, fault, code) => {
    const client = connect({ totalTimeoutMs: budgetMs, breaker: noBreaker });
    await setFaults({ "*": fault });
    const startedMs = performance.now();
    const result = await client.delete(newId());
    const tookMs = performance.now() - startedMs;
    figures.push(`${what}: ${code} after ${Math.round(tookMs)} ms`);
    expect(result).toMatchObject({ ok: false, code });
    expect(tookMs).toBeLessThan(budgetMs + 1_000);
  });

  test("a rate limit that ends in time is waited out", async () => {
    const client = connect();
    await setFaults({ delete: { kind: "rate_limit", retryAfterSeconds: 1, times: 1 } });
    expect(await client.delete(newId())).toMatchObject({ code: "person_not_found", call: { tries: 2 } });
  });
});

describe("a write whose answer is lost", () => {
  const lost = { kind: "slow_drip", ms: 1_000, times: 1 } as const;

  test("an enrolment is found enrolled, its BioPassID unknown", async () => {
    const client = connect({ tryTimeoutMs: 4_000 });
    await setFaults({ enroll: lost });
    const customId = newId();
    const result = await client.enroll(customId, { face: faceA });
    expect(result).toMatchObject({ ok: true, value: { customId, bioPassId: null }, call: { tries: 2 } });
    expect(await client.verify(customId, { face: faceAOtherwise })).toMatchObject({ value: { match: true } });
  });

  test("a deletion is found done", async () => {
    const client = connect({ tryTimeoutMs: 1_000 });
    const customId = await enrolled(connect());
    await setFaults({ delete: lost });
    expect(await client.delete(customId)).toMatchObject({
      ok: true,
      value: { customId },
      call: { tries: 2 },
    });
  });
});

test("an open circuit answers at once, and closes by itself when the service is back", async () => {
  const client = connect({ breaker: { minimumCalls: 5, probeAfterMs: 300 } });
  await setFaults({ "*": { kind: "server_error" } });
  for (let i = 0; i < 5; i++) await client.delete(newId());
  expect(client.circuits()).toEqual({ people: "open", quality: "closed" });
  const times = [];
  for (let i = 0; i < 20; i++) {
    const startedMs = performance.now();
    expect(await client.verify("contract-open", { face: faceA })).toMatchObject({ code: "circuit_open" });
    times.push(performance.now() - startedMs);
  }
  times.sort((a, b) => a - b);
  figures.push(`circuit open: answer after ${times[10]?.toFixed(3)} ms (median of 20)`);
  expect(times[10]).toBeLessThan(10);
  await setFaults({});
  const clearedMs = performance.now();
  await expect
    .poll(async () => (await client.delete("contract-nobody")).ok === false && client.circuits().people, {
      timeout: 15_000,
      interval: 20,
    })
    .toBe("closed");
  figures.push(
    `circuit closed by itself ${Math.round(performance.now() - clearedMs)} ms after the service was back`,
  );
});

test("the choices the contract leaves open change no meaning", async () => {
  const otherwise = await startSandbox({
    port: 0,
    apiKey,
    dataDir: join(dataDir, "otherwise"),
    settings: {
      personNotFoundStatus: 404,
      livenessErrorStatus: 400,
      listFingersNotSent: false,
      sendSuccess: true,
      sendClientId: false,
      errorContentType: "application/json",
    },
  });
  try {
    const client = connect({ url: otherwise.url });
    const nobody = (await pictureWithoutFace()).toString("base64");
    const customId = await enrolled(client);
    expect(await client.verify(customId, { face: faceAOtherwise })).toMatchObject({
      ok: true,
      value: { match: true, nonMatchedFingers: [] },
    });
    expect(await client.verify(newId(), { face: faceA })).toMatchObject({ code: "person_not_found" });
    expect(await client.checkLiveness(nobody)).toMatchObject({ ok: true, value: { result: "no_face" } });
    expect(await client.delete(customId)).toMatchObject({ ok: true });
  } finally {
    await otherwise.close();
  }
});
